import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { Logger } from 'pino';

/** Opens the system's dialog to print the page. */
export function print(window: BrowserWindow, log: Pick<Logger, 'warn'>): void {
	window.webContents.print({ printBackground: true }, (isPrinted, reason) => {
		if (!isPrinted && reason !== 'Print job canceled') log.warn({ reason }, 'the page was not printed');
	});
}

/** Saves the page as a PDF where the person says, under a name that is made of `name`; false when they dismissed the question. */
export async function savePdf(window: BrowserWindow, name: string): Promise<boolean> {
	const { canceled, filePath } = await dialog.showSaveDialog(window, {
		defaultPath: `${fileNameOf(name)}.pdf`,
		filters: [{ name: 'PDF', extensions: ['pdf'] }],
	});
	if (canceled || filePath === '') return false;
	// The styles of the page say size and margins.
	const pdf = await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, generateTaggedPDF: true });
	await writeFile(path.extname(filePath) === '' ? `${filePath}.pdf` : filePath, pdf);
	return true;
}

/** What of a title can be the name of a file on every system. */
export function fileNameOf(title: string): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
	const plain = title.replace(/[\u0000-\u001f<>:"/\\|?*\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
	return (
		plain
			.replace(/^[. ]+|[. ]+$/g, '')
			.slice(0, 100)
			.trim() || 'Homeroom'
	);
}
