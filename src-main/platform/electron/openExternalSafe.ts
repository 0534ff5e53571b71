import { type BrowserWindow, dialog, shell } from 'electron';
import { readLink } from './readLink.ts';
import { say } from './words.ts';

let isAsking = false;

/**
 * Opens a link in the system's browser or mail program, once the person has seen where it really goes and agreed; false when it was
 * refused. The one place of the app that hands anything to the system to open.
 *
 * While one question stands, further links are refused, so that no page can bury the screen under questions.
 */
export async function openExternalSafe(window: BrowserWindow, text: string): Promise<boolean> {
	const link = readLink(text);
	if (link === null || isAsking) return false;
	isAsking = true;
	try {
		const { response } = await dialog.showMessageBox(window, {
			type: 'question',
			title: 'Homeroom',
			message: say('ask.openLink', { goesTo: link.goesTo }),
			detail: link.url,
			buttons: [say('ask.open'), say('ask.cancel')],
			defaultId: 1,
			cancelId: 1,
			noLink: true,
		});
		if (response !== 0) return false;
		await shell.openExternal(link.url);
		return true;
	} finally {
		isAsking = false;
	}
}
