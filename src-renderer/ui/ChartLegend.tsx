import Box from '@mui/material/Box';

/** What the colours stand for, and the dashes. Names are cut short at `widthPx`, so that they mostly fit on one line whatever is drawn. */
export function ChartLegend({
	series,
	widthPx = 160,
}: {
	series: readonly { id: string; name: string; colour: string; isFaint?: boolean; isDashed?: boolean }[];
	widthPx?: number;
}) {
	return (
		<Box
			component="ul"
			sx={{ listStyle: 'none', m: 0, mb: 1, p: 0, minHeight: 20, display: 'flex', flexWrap: 'wrap', alignContent: 'start', columnGap: 2, rowGap: 0.25 }}
		>
			{series.map(({ id, name, colour, isFaint, isDashed }) => (
				<Box component="li" key={id} sx={{ display: 'flex', alignItems: 'center', gap: 0.75, typography: 'caption', minWidth: 0, maxWidth: widthPx }}>
					<Box
						aria-hidden
						sx={{ width: 10, height: 10, flex: 'none', borderRadius: '2px' }}
						style={isDashed ? { border: `2px dashed ${colour}` } : { backgroundColor: colour, opacity: isFaint ? 0.35 : 1 }}
					/>
					<Box component="span" dir="auto" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
						{name}
					</Box>
				</Box>
			))}
		</Box>
	);
}
