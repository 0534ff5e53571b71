import { bridge } from './bridge.ts';
import { client } from './client.ts';

/** Waits until the page was laid out and drawn anew, charts too, which measure their room and draw themselves after it. */
function nextPicture(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))));
}

/** Lays the page out as on paper (app/printStyles.ts) and in light colours while `act` runs, and as it was after that. */
async function asOnPaper<Result>(act: () => Promise<Result>): Promise<Result> {
	const { dataset } = document.documentElement;
	const scheme = dataset.scheme;
	dataset.printing = '';
	dataset.scheme = 'light';
	try {
		await nextPicture();
		return await act();
	} finally {
		delete dataset.printing;
		if (scheme === undefined) delete dataset.scheme;
		else dataset.scheme = scheme;
	}
}

/** Prints what the screen shows, by the window's own dialog or the browser's. */
export function printPage(): Promise<void> {
	return asOnPaper(async () => {
		if (bridge() === null) window.print();
		else await client.shell.print();
	});
}

/** Saves what the screen shows as a PDF where the person says; whether they did. In a browser its own printing does that. */
export function savePagePdf(name: string): Promise<boolean> {
	return asOnPaper(async () => (await client.shell.savePdf({ name })).saved);
}
