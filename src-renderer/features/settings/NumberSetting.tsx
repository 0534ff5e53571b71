import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NumberLimits, readNumber } from './readNumber.ts';

interface Props extends NumberLimits {
	labelId: string;
	value: number | null;
	unit?: string;
	/** What an empty field means. */
	emptyLabel: string;
	onChange: (value: number | null) => void;
}

/** A number, a whole one from 1 unless told, or nothing: kept when the field is left or Enter is pressed, Escape takes the typing back. */
export function NumberSetting({ labelId, value, unit, emptyLabel, onChange, least = 1, most, isFractional = false }: Props) {
	const { t } = useTranslation('settings');
	const [typed, setTyped] = useState<string | null>(null);
	const read = readNumber(typed ?? String(value ?? ''), { least, most, isFractional });
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
			helperText={read !== 'wrong' ? null : isFractional ? t('number.wrongFraction', { least, most }) : t('number.wrong', { most })}
			onChange={(event) => setTyped(event.target.value)}
			onBlur={keep}
			onKeyDown={(event) => {
				if (event.key === 'Enter') keep();
				if (event.key === 'Escape') setTyped(null);
			}}
			sx={{ width: 184 }}
			slotProps={{
				htmlInput: { inputMode: isFractional ? 'decimal' : 'numeric', 'aria-labelledby': labelId },
				input: unit ? { endAdornment: <InputAdornment position="end">{unit}</InputAdornment> } : {},
			}}
		/>
	);
}
