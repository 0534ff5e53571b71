/** Pixels. */
export const personRowPx = 48;

/** The cells that a narrow table leaves out, by the least width in pixels that shows them, narrowest first; the class names them. */
const tiers = [
	{ cell: 'left', width: '104px', from: 600 },
	{ cell: 'seen', width: '112px', from: 720 },
	{ cell: 'allowance', width: '124px', from: 900 },
	{ cell: 'used', width: '92px', from: 1060 },
	{ cell: 'models', width: '96px', from: 1240 },
] as const;

const order = ['role', 'state', 'seen', 'models', 'left', 'used', 'allowance', 'acts'] as const;
const widths: Record<(typeof order)[number], string> = {
	role: '112px',
	state: '136px',
	seen: '',
	models: '',
	left: '',
	used: '',
	allowance: '',
	acts: '40px',
};

/** The grid columns that a table of at least `fromPx` shows. */
function templateFrom(fromPx: number): string {
	const shown: Record<string, string> = { ...widths };
	for (const { cell, width, from } of tiers) shown[cell] = from <= fromPx ? width : '';
	return ['minmax(0, 1fr)', ...order.map((cell) => shown[cell]).filter(Boolean)].join(' ');
}

/** The layout of the head and of each row: one grid, which loses columns as the table gets narrower. */
export const peopleColumns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: '16px',
	paddingInline: '16px',
	gridTemplateColumns: templateFrom(0),
	...Object.fromEntries(tiers.map(({ cell, from }) => [`@container (max-width: ${from - 1}px)`, { [`& .${cell}`]: { display: 'none' } }])),
	...Object.fromEntries(tiers.map(({ from }) => [`@container (min-width: ${from}px)`, { gridTemplateColumns: templateFrom(from) }])),
};
