import { isReloadMeant } from '../../rpc/reloadPage.ts';
import { isFormUntouched, useNewAssignment } from './newAssignmentStore.ts';

let isWarning = false;

/**
 * From now on has the browser, or the window, ask before the page is left for good while there is something in the form for a new assignment,
 * on whatever screen: it is kept nowhere but with its tab (keepDrafts.ts), and files not even there. Safe to repeat.
 */
export function warnOfUnload(): void {
	if (isWarning) return;
	isWarning = true;
	window.addEventListener('beforeunload', (event) => {
		if (!isReloadMeant() && !isFormUntouched(useNewAssignment.getState())) event.preventDefault();
	});
}
