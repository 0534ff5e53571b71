import { isReloadMeant } from '../../rpc/reloadPage.ts';
import { keepDrafts, useDrafts } from './cueDraft.ts';

let isWarning = false;

/** From now on has the browser, or the window, ask before the page is left for good while a translation is not kept yet. Safe to repeat. */
export function warnOfDrafts(): void {
	if (isWarning) return;
	isWarning = true;
	window.addEventListener('beforeunload', (event) => {
		if (isReloadMeant() || Object.keys(useDrafts.getState().drafts).length === 0) return;
		event.preventDefault();
		void keepDrafts();
	});
}
