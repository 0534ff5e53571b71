/** What the composer needs to know of a key press; a DOM KeyboardEvent is one. */
export interface KeyPress {
	key: string;
	shiftKey: boolean;
	ctrlKey: boolean;
	altKey: boolean;
	metaKey: boolean;
	isComposing: boolean;
	keyCode: number;
}

// Browsers report this code for a key that an input method has taken, also where `isComposing` has ended a moment early.
const takenByInputMethod = 229;

/** Tells the composer whether a key press sends the draft: Enter alone does, but never the Enter that picks a word in an input method. */
export function sendsDraft(press: KeyPress): boolean {
	if (press.isComposing || press.keyCode === takenByInputMethod) return false;
	return press.key === 'Enter' && !press.shiftKey && !press.altKey && !press.ctrlKey && !press.metaKey;
}
