/** Pixels; two lines of a name and one below it. */
export const rowHeightPx = 60;

/** The cells that a narrow table leaves out, by the least width in pixels that shows them, narrowest first; the class names them. */
const tiers = [
	{ cell: 'quantization', width: '80px', from: 660 },
	{ cell: 'parameters', width: '76px', from: 740 },
	{ cell: 'context', width: '96px', from: 900 },
	{ cell: 'source', width: '128px', from: 1100 },
	{ cell: 'lastUsed', width: '100px', from: 1260 },
	{ cell: 'architecture', width: '84px', from: 1400 },
	{ cell: 'license', width: '96px', from: 1520 },
] as const;

const order = ['source', 'architecture', 'parameters', 'quantization', 'context', 'size', 'lastUsed', 'license', 'state', 'acts'] as const;
const widths: Record<(typeof order)[number], string> = {
	source: '',
	architecture: '',
	parameters: '',
	quantization: '',
	context: '',
	size: '76px',
	lastUsed: '',
	license: '',
	state: '108px',
	acts: '132px',
};

/** The grid columns that a table of at least `fromPx` shows. */
function templateFrom(fromPx: number): string {
	const shown: Record<string, string> = { ...widths };
	for (const { cell, width, from } of tiers) shown[cell] = from <= fromPx ? width : '';
	return ['28px minmax(0, 1fr)', ...order.map((cell) => shown[cell]).filter(Boolean)].join(' ');
}

/** The layout of the head and of each row: one grid, which loses columns as the table gets narrower. */
export const modelColumns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: '12px',
	paddingInline: '12px',
	gridTemplateColumns: templateFrom(0),
	...Object.fromEntries(tiers.map(({ cell, from }) => [`@container (max-width: ${from - 1}px)`, { [`& .${cell}`]: { display: 'none' } }])),
	...Object.fromEntries(tiers.map(({ from }) => [`@container (min-width: ${from}px)`, { gridTemplateColumns: templateFrom(from) }])),
};
