import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Which part of the source is written: a JSONPath, taken over when a moment passes without a key. */
export function SelectValues({ value, onChange }: { value: string; onChange: (path: string) => void }) {
	const { t } = useTranslation('convert');
	const [typed, setTyped] = useState(value);
	useEffect(() => setTyped(value), [value]);
	useEffect(() => {
		if (typed === value) return;
		const timer = setTimeout(() => onChange(typed), 300);
		return () => clearTimeout(timer);
	}, [typed, value, onChange]);
	return (
		<TextField
			label={t('options.select')}
			placeholder="$.orders[*].id"
			value={typed}
			onChange={(event) => setTyped(event.target.value)}
			slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 2_000 }, inputLabel: { shrink: true } }}
		/>
	);
}
