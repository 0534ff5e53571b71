import Box from '@mui/material/Box';
import { memo, useMemo } from 'react';
import { HiddenCharacter } from './HiddenCharacter.tsx';
import { revealHidden } from './revealHidden.ts';

/** A text as it came, whole, with every character shown that could otherwise hide in it or turn its order round. */
export const PlainText = memo(function PlainText({ text }: { text: string }) {
	const parts = useMemo(() => revealHidden(text), [text]);
	return (
		<Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>
			{parts.map((part) => ('text' in part ? part.text : <HiddenCharacter key={part.at} code={part.hidden} />))}
		</Box>
	);
});
