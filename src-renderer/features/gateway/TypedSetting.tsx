import TextField from '@mui/material/TextField';
import { useState } from 'react';

interface Props {
	labelId: string;
	value: string;
	isGood: (text: string) => boolean;
	/** What is said of what is not good. */
	wrong: string;
	onKeep: (text: string) => void;
}

/** A short text: kept when the field is left or Enter is pressed, if it is good; Escape takes the typing back. */
export function TypedSetting({ labelId, value, isGood, wrong, onKeep }: Props) {
	const [typed, setTyped] = useState<string | null>(null);
	const text = typed?.trim() ?? value;
	const keep = () => {
		if (!isGood(text)) return;
		if (text !== value) onKeep(text);
		setTyped(null);
	};
	return (
		<TextField
			value={typed ?? value}
			error={!isGood(text)}
			helperText={isGood(text) ? null : wrong}
			onChange={(event) => setTyped(event.target.value)}
			onBlur={keep}
			onKeyDown={(event) => {
				if (event.key === 'Enter') keep();
				if (event.key === 'Escape') setTyped(null);
			}}
			sx={{ width: 120 }}
			slotProps={{ htmlInput: { 'aria-labelledby': labelId, inputMode: 'numeric', autoComplete: 'off' } }}
		/>
	);
}
