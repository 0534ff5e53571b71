import Box from '@mui/material/Box';
import type { Found } from '#contract/search.ts';

/** A piece of text with what was found in it marked. */
export function HitText({ text, hits }: Pick<Found, 'text' | 'hits'>) {
	const parts = hits.map(([from, until], at) => ({ from, before: text.slice(hits[at - 1]?.[1] ?? 0, from), hit: text.slice(from, until) }));
	return (
		<span dir="auto">
			{parts.map(({ from, before, hit }) => (
				<span key={from}>
					{before}
					<Box
						component="mark"
						sx={{ bgcolor: 'transparent', color: 'inherit', fontWeight: 600, textDecoration: 'underline', textDecorationColor: 'primary.main' }}
					>
						{hit}
					</Box>
				</span>
			))}
			{text.slice(hits.at(-1)?.[1] ?? 0)}
		</span>
	);
}
