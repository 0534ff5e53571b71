import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readNumber } from './readNumber.ts';

interface Props {
	labelId: string;
	value: number | null;
	most: number;
	unit?: string;
	/** What an empty field means. */
	emptyLabel: string;
	onChange: (value: number | null) => void;
}

/** A whole number from 1, or nothing: kept when the field is left or Enter is pressed, Escape takes the typing back. */
export function NumberSetting({ labelId, value, most, unit, emptyLabel, onChange }: Props) {
	const { t } = useTranslation('settings');
	const [typed, setTyped] = useState<string | null>(null);
	const read = readNumber(typed ?? String(value ?? ''), most);
	const keep = () => {
		if (typed === null || read === 'wrong') return;
		if (read !== value) onChange(read);
		setTyped(null);
	};
	return (
		<TextField
			value={typed ?? value ?? ''}
			placeholder={emptyLabel}
			error={read === 'wrong'}
			helperText={read === 'wrong' ? t('number.wrong', { most }) : null}
			onChange={(event) => setTyped(event.target.value)}
			onBlur={keep}
			onKeyDown={(event) => {
				if (event.key === 'Enter') keep();
				if (event.key === 'Escape') setTyped(null);
			}}
			sx={{ width: 184 }}
			slotProps={{
				htmlInput: { inputMode: 'numeric', 'aria-labelledby': labelId },
				input: unit ? { endAdornment: <InputAdornment position="end">{unit}</InputAdornment> } : {},
			}}
		/>
	);
}
