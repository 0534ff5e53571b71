/** The colours of the theme for what stands side by side in a drawing, the largest first. */
const colours = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;
export type SeriesColour = (typeof colours)[number] | 'rest';

/** How many series a drawing can tell apart by their colours; all further ones go together in `restColour`. */
export const mostSeries = colours.length;

/** The colour of the series at a place; it follows the scheme by itself. */
export function seriesColour(index: number): string {
	return colourOf(colours[index] ?? 'rest');
}

/** The colour of all that has none of its own. */
export const restColour = colourOf('rest');

function colourOf(name: SeriesColour): string {
	return `var(--mui-palette-series-${name})`;
}
