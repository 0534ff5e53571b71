import { app, type BrowserWindow, dialog, powerMonitor } from 'electron';
import { say } from './words.ts';

/** An answer counts for the closing that follows it; a page that then keeps its window open ends that. */
const answeredMs = 5_000;

/**
 * Asks before the window is closed or the program quit while work runs: it can go on without a window. Where the system itself shuts down nobody is
 * asked: work goes on at the next start.
 */
export function guardQuit(window: BrowserWindow, isWorking: () => boolean): void {
	let agreedAt = Number.NEGATIVE_INFINITY;
	const hasAgreed = () => Date.now() - agreedAt < answeredMs;
	const agreeForGood = () => {
		agreedAt = Number.POSITIVE_INFINITY;
	};
	powerMonitor.on('shutdown', agreeForGood);
	window.on('session-end', agreeForGood);
	window.on('close', (event) => {
		if (hasAgreed() || !isWorking()) return;
		const answer = ask(window, [say('ask.background'), say('ask.quit'), say('ask.cancel')]);
		if (answer === 1) {
			agreedAt = Date.now();
			return;
		}
		event.preventDefault();
		if (answer === 0) window.hide();
	});
	app.on('before-quit', (event) => {
		if (hasAgreed() || !isWorking()) return;
		if (ask(window, [say('ask.quit'), say('ask.stay')]) === 0) agreedAt = Date.now();
		else event.preventDefault();
	});
}

/** Which of the answers was chosen; the last is the one that changes nothing. */
function ask(window: BrowserWindow, buttons: string[]): number {
	const cancelId = buttons.length - 1;
	const question = { type: 'question', title: 'Homeroom', message: say('ask.running'), detail: say('ask.runningDetail'), noLink: true } as const;
	const asked = { ...question, buttons, defaultId: buttons.length === 3 ? 0 : cancelId, cancelId };
	return window.isDestroyed() || !window.isVisible() ? dialog.showMessageBoxSync(asked) : dialog.showMessageBoxSync(window, asked);
}
