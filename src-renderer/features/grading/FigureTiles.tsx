import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { Term, type TermName } from '../../ui/Term.tsx';

interface Tile {
	name: string;
	/** What explains the name, where it is a word of the field. */
	term?: TermName;
	value: string;
	/** The range that it is known to; empty where none is told. */
	range: string;
	/** What it means; empty where that is plain. */
	help: string;
}

/** Figures side by side, under a line that says what they are from. */
export function FigureTiles({ label, from, figures }: { label: string; from: string; figures: readonly Tile[] }) {
	return (
		<Paper variant="outlined" component="section" aria-label={label} sx={{ p: 2 }}>
			<Typography sx={{ mb: 1.5 }}>{from}</Typography>
			<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(170px, 1fr))', gap: 2 }}>
				{figures.map(({ name, term, value, range, help }) => (
					<Box key={name} sx={{ display: 'flex', flexDirection: 'column' }}>
						<Box component="dt" sx={{ order: 1, color: 'text.secondary', typography: 'caption' }}>
							{term ? <Term name={term}>{name}</Term> : name}
						</Box>
						<Box component="dd" sx={{ m: 0, typography: 'h1', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
							{value}
						</Box>
						<Box component="dd" sx={{ m: 0, order: 2, typography: 'caption', fontVariantNumeric: 'tabular-nums', color: 'text.secondary' }}>
							{range}
						</Box>
						{help !== '' && (
							<Box component="dd" sx={{ m: 0, order: 3, mt: 0.5, typography: 'caption' }}>
								{help}
							</Box>
						)}
					</Box>
				))}
			</Box>
		</Paper>
	);
}
