import { settingsShape } from '#contract/settings.ts';

/** Reads a typed address of a server, without a slash at the end; null where it is none, or does not begin with http:// or https://. */
export function readAddress(typed: string): string | null {
	const address = typed.trim().replace(/\/+$/, '');
	// Chromium takes a host with blanks in it, against the standard.
	const isAddress = /^https?:\/\/[^\s/]\S*$/i.test(address) && settingsShape.shape.hubEndpoint.safeParse(address).success;
	return isAddress ? address : null;
}
