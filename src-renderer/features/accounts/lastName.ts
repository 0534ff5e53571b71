import { reloadPage } from '../../rpc/reloadPage.ts';

const key = 'homeroom.lastName';

/** The name that last signed in here, so that it need not be typed again; empty where nobody did. */
export function readLastName(): string {
	return localStorage.getItem(key) ?? '';
}

/** Keeps the name for the next time. */
export function rememberName(name: string): void {
	localStorage.setItem(key, name);
}

/**
 * Lets somebody in who has just signed in: the page is loaded anew, at the place where it was for the one who was here last, at the
 * beginning for anybody else.
 */
export function comeIn(name: string): void {
	if (name !== readLastName()) history.replaceState(null, '', '#/');
	rememberName(name);
	reloadPage();
}

/** Loads the page anew after somebody went out, at the beginning and with nothing of theirs kept: the next one here may be another. */
export function goOut(): void {
	sessionStorage.clear();
	history.replaceState(null, '', '#/');
	reloadPage();
}
