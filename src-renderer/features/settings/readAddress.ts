import { settingsShape } from '#contract/settings.ts';

/**
 * Reads a typed address of a server: with `scheme` in front where none is typed, and without a slash at the end; null where it is none.
 *
 * Only http and https are addresses here.
 */
export function readAddress(typed: string, scheme: 'https' | 'http'): string | null {
	const text = typed.trim().replace(/\/+$/, '');
	// Chromium takes a host with blanks in it, against the standard.
	if (/\s/.test(text)) return null;
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`;
	return settingsShape.shape.hubEndpoint.safeParse(address).success ? address : null;
}
