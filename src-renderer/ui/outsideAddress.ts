const schemes: readonly string[] = ['http:', 'https:', 'mailto:'];

/** The address of a link that may be opened outside the app, or null: only whole http, https and mailto addresses are. */
export function outsideAddress(text: string): URL | null {
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	// An address with a password in it is made to look like another host.
	if (!schemes.includes(url.protocol) || url.username !== '' || url.password !== '') return null;
	return url;
}
