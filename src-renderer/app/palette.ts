/**
 * The colours of both schemes. `primary` is the one accent and means "act here"; success, warning and error are for states alone.
 * `series` are what stands side by side in a drawing, the largest first, and `rest` all that has no colour of its own.
 * palette.test.ts holds every text colour to a contrast of at least 4.5:1 on every surface it stands on, and the series apart for
 * every kind of colour vision.
 */
export const palettes = {
	light: {
		primary: { main: '#1f5c99', dark: '#174a7d', light: '#4a7fb5', contrastText: '#ffffff' },
		success: { main: '#256b43', contrastText: '#ffffff' },
		warning: { main: '#85560a', contrastText: '#ffffff' },
		error: { main: '#a8322a', contrastText: '#ffffff' },
		info: { main: '#4f5b66', contrastText: '#ffffff' },
		text: { primary: '#1e1f1c', secondary: '#5c5d57', disabled: '#8c8d86' },
		background: { default: '#f7f6f3', paper: '#ffffff' },
		divider: '#e2e0da',
		action: { active: '#5c5d57', hover: 'rgba(30, 31, 28, 0.05)', selected: 'rgba(31, 92, 153, 0.09)', focus: 'rgba(31, 92, 153, 0.12)' },
		surface: { rail: '#efede8', sunken: '#f1efea', line: '#c9c7c0' },
		series: { first: '#1f5c99', second: '#c5691b', third: '#532347', fourth: '#4093ef', fifth: '#b0895f', sixth: '#661812', rest: '#7d7e78' },
	},
	dark: {
		primary: { main: '#8bb9ea', dark: '#6ea3dc', light: '#abcdf2', contrastText: '#0e1a27' },
		success: { main: '#7fc79c', contrastText: '#0d1d14' },
		warning: { main: '#dcb264', contrastText: '#221803' },
		error: { main: '#ee958b', contrastText: '#2a0d0a' },
		info: { main: '#aab4be', contrastText: '#15181b' },
		text: { primary: '#e7e6e1', secondary: '#a7a69f', disabled: '#73736d' },
		background: { default: '#17181a', paper: '#1f2022' },
		divider: '#313235',
		action: { active: '#b9b8b1', hover: 'rgba(231, 230, 225, 0.06)', selected: 'rgba(139, 185, 234, 0.13)', focus: 'rgba(139, 185, 234, 0.16)' },
		surface: { rail: '#131416', sunken: '#1a1b1d', line: '#47484c' },
		series: { first: '#8bb9ea', second: '#a4593a', third: '#dadb9d', fourth: '#4c6ea2', fifth: '#67ecd6', sixth: '#cea54e', rest: '#8c8d86' },
	},
} as const;
