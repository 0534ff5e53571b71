let isMeant = false;

/** Whether the page is reloaded by the app itself, as when another account came in: nothing of the old page may stay then, so nobody is asked. */
export function isReloadMeant(): boolean {
	return isMeant;
}

/** Reloads the page, whatever is in its forms. */
export function reloadPage(): void {
	isMeant = true;
	location.reload();
}
