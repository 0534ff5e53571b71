export const tableId = 'cues';
export const targetId = 'cue-target';

/** Gives the keyboard to the table, so that its keys work. */
export function focusTable(): void {
	document.getElementById(tableId)?.focus({ preventScroll: true });
}

/** Gives the keyboard to the translation of the selected cue. */
export function focusTarget(): void {
	document.getElementById(targetId)?.focus();
}
