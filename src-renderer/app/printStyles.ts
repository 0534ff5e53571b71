/** The room between the margins of a sheet of A4, in CSS pixels: 210 mm less 15 mm at each side. */
const paperWidth = 680;

const unrolled = { display: 'block !important', height: 'auto !important', minHeight: '0 !important', overflow: 'visible !important' };
/** What is there for a hand says nothing on paper. */
const forHands =
	'nav, .MuiButton-root, .MuiIconButton-root, .MuiToggleButtonGroup-root, .MuiSwitch-root, .MuiSnackbar-root, .MuiDialog-root, .MuiTooltip-popper, [data-screen-only]';
const onPaper = {
	'html, body, #root': { ...unrolled, background: '#fff !important' },
	// The frame, the screen, and what of the screen scrolls: two levels below `main`.
	'#root > div, #root > div > div, main, main > div, main > div > div': unrolled,
	[forHands]: { display: 'none !important' },
	'table, figure, svg, h2 + *, li, tr': { breakInside: 'avoid' },
	'h1, h2, h3': { breakAfter: 'avoid' },
};

/** How every screen looks on paper: without what is there for a hand, unrolled, black on white; a table or a drawing is not cut where it fits. */
export const printStyles = {
	'@page': { size: 'A4', margin: '16mm 15mm', '@bottom-right': { content: 'counter(page) " / " counter(pages)', fontSize: '9pt', color: '#666' } },
	'@media print': onPaper,
	// While the page is about to be printed (rpc/printPage.ts), so that drawings measure the paper and not the window.
	'html[data-printing] #root': { width: paperWidth },
	'html[data-printing] #root > div > nav': { display: 'none' },
};
