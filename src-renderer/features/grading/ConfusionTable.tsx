import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Confusion } from '#contract/agreement.ts';
import { useFormat } from '../../ui/format.ts';

interface Props {
	confusion: Confusion;
	title: string;
	/** Whose points go down and whose across. */
	text: string;
	corner: string;
}

/** How often one gave a number of points where the other gave another. What both gave is on the diagonal. Bands in which nothing is are left out at both ends. */
export function ConfusionTable({ confusion: { bands, counts }, title, text, corner }: Props) {
	const format = useFormat();
	const used = bands.map((_, at) => counts[at]?.some((count) => count > 0) || counts.some((row) => (row[at] ?? 0) > 0));
	const [from, until] = [used.indexOf(true), used.lastIndexOf(true) + 1];
	const names = bands.map(({ low, high }) => (low === high ? format.number(low, 2) : `${format.number(low, 2)}–${format.number(high, 2)}`));
	const most = Math.max(1, ...counts.flat());
	const cell = { p: 0.75, minWidth: 32, textAlign: 'center', fontWeight: 400, whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } as const;
	return (
		<Box sx={{ p: 2, overflowX: 'auto' }}>
			<Typography variant="caption" component="p" sx={{ m: 0, mb: 1, color: 'text.secondary' }}>
				{text}
			</Typography>
			<Box component="table" aria-label={title} sx={{ borderCollapse: 'collapse', typography: 'caption' }}>
				<thead>
					<tr>
						<Box component="th" scope="col" sx={{ ...cell, textAlign: 'start', color: 'text.secondary' }}>
							{corner}
						</Box>
						{names.slice(from, until).map((name) => (
							<Box component="th" scope="col" key={name} sx={{ ...cell, color: 'text.secondary' }}>
								{name}
							</Box>
						))}
					</tr>
				</thead>
				<tbody>
					{counts.slice(from, until).map((row, at) => (
						<tr key={names[from + at]}>
							<Box component="th" scope="row" sx={{ ...cell, textAlign: 'start', color: 'text.secondary' }}>
								{names[from + at]}
							</Box>
							{row.slice(from, until).map((count, other) => (
								<Box
									component="td"
									key={names[from + other]}
									sx={{
										...cell,
										border: 1,
										borderColor: 'divider',
										boxShadow: at === other ? 'inset 0 0 0 1px var(--mui-palette-text-secondary)' : 'none',
										color: count === 0 ? 'text.disabled' : 'text.primary',
									}}
									// How dark a cell is follows its count.
									style={{ backgroundColor: `color-mix(in srgb, var(--mui-palette-series-first) ${Math.round((count / most) * 35)}%, transparent)` }}
								>
									{count === 0 ? '·' : format.number(count)}
								</Box>
							))}
						</tr>
					))}
				</tbody>
			</Box>
		</Box>
	);
}
