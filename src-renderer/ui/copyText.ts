/**
 * Puts text on the clipboard; call it in answer to a click or a key.
 *
 * Where the page may not use the clipboard's interface (the window denies every permission), the browser's copy command does it.
 * Rejects when neither worked.
 */
export async function copyText(text: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		// No permission, or no secure context: the older way needs neither.
		copyBySelection(text);
	}
}

function copyBySelection(text: string): void {
	const focused = document.activeElement;
	const field = document.createElement('textarea');
	field.value = text;
	field.setAttribute('aria-hidden', 'true');
	field.style.position = 'fixed';
	field.style.opacity = '0';
	// Inside an open dialog only the dialog may hold the focus.
	(focused?.closest('[role="dialog"]') ?? document.body).append(field);
	field.select();
	const isCopied = document.execCommand('copy');
	field.remove();
	if (focused instanceof HTMLElement) focused.focus();
	if (!isCopied) throw new Error('The clipboard could not be written.');
}
