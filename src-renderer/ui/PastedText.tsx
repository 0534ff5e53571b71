import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

const quietMs = 300;

/** A text that is pasted or typed; it is handed on once typing rests. `kept` is what was handed on last. */
export function PastedText({ label, placeholder, kept, onText }: { label: string; placeholder: string; kept: string; onText: (text: string) => void }) {
	const [text, setText] = useState(kept);
	// The form can be filled or emptied from outside, as with an example.
	useEffect(() => setText(kept), [kept]);
	useEffect(() => {
		if (text === kept) return;
		const timer = setTimeout(() => onText(text), quietMs);
		return () => clearTimeout(timer);
	}, [text, kept, onText]);
	return (
		<TextField
			fullWidth
			multiline
			minRows={3}
			maxRows={6}
			placeholder={placeholder}
			value={text}
			onChange={(event) => setText(event.target.value)}
			slotProps={{ htmlInput: { 'aria-label': label, dir: 'auto', spellCheck: false }, input: { sx: { typography: 'caption' } } }}
		/>
	);
}
