import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { markDifferences } from './markDifferences.ts';

/** A text, with what is not as expected underlined and on a ground of its own; null expects nothing. */
export function MarkedText({ text, expected }: { text: string; expected: string | null }) {
	const { i18n } = useTranslation();
	const pieces = useMemo(
		() => (expected === null ? [{ text, isOther: false }] : markDifferences(text, expected, i18n.language)),
		[text, expected, i18n.language],
	);
	let at = 0;
	return pieces.map((piece) => {
		const key = at;
		at += piece.text.length;
		if (!piece.isOther) return <span key={key}>{piece.text}</span>;
		return (
			<Box
				component="mark"
				key={key}
				sx={{
					color: 'inherit',
					bgcolor: 'action.selected',
					textDecoration: 'underline',
					textDecorationColor: 'var(--mui-palette-warning-main)',
					textDecorationThickness: 2,
					textUnderlineOffset: 3,
				}}
			>
				{piece.text}
			</Box>
		);
	});
}
