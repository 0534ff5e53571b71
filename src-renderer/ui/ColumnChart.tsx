import Box from '@mui/material/Box';
import { Columns } from './Columns.tsx';
import { useFormat } from './format.ts';
import { seriesColour } from './seriesColours.ts';

/** One column: what it counts, such as `10–20`, and what stands under it where there is no room for that. */
export interface Column {
	name: string;
	tick?: string;
	count: number;
}

/** How many of something are of each kind, as columns; in numbers for all who cannot see them. `of` is what the kinds are of, `counted` what is counted. */
export function ColumnChart(props: { title: string; of: string; counted: string; heightPx: number; columns: readonly Column[] }) {
	const { title, of, counted, heightPx, columns } = props;
	const format = useFormat();
	const ticks = new Map(columns.map(({ name, tick }) => [name, tick ?? name]));
	return (
		<Columns
			title={title}
			heightPx={heightPx}
			places={columns.map(({ name }) => name)}
			formatPlace={(name, where) => (where === 'tick' ? (ticks.get(name) ?? name) : name)}
			of={of}
			gapRatio={0.1}
			series={[{ id: 'count', name: counted, colour: seriesColour(0), values: columns.map(({ count }) => count) }]}
		>
			<Box component="table" sx={{ position: 'absolute', width: 1, height: 1, top: 0, overflow: 'hidden', clipPath: 'inset(50%)' }}>
				<caption>{title}</caption>
				<thead>
					<tr>
						<th scope="col">{of}</th>
						<th scope="col">{counted}</th>
					</tr>
				</thead>
				<tbody>
					{columns.map(({ name, count }) => (
						<tr key={name}>
							<th scope="row">{name}</th>
							<td>{format.number(count)}</td>
						</tr>
					))}
				</tbody>
			</Box>
		</Columns>
	);
}
