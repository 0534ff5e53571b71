/** The grid that the desk's head and rows stand on. Where there is less room the excerpts go, as the panel shows them whole. */
export const deskColumns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: 2,
	px: 3,
	gridTemplateColumns: '40px minmax(120px, 1.4fr) minmax(0, 1.8fr) 44px minmax(0, 1.8fr) 96px',
	'& > *': { minWidth: 0 },
	'@container (max-width: 760px)': {
		gridTemplateColumns: '40px minmax(96px, 1.2fr) minmax(0, 2fr) 44px 96px',
		'& .feedback': { display: 'none' },
	},
	'@container (max-width: 460px)': {
		gridTemplateColumns: '40px minmax(96px, 1fr) 44px 96px',
		'& .answer': { display: 'none' },
	},
} as const;
