/** A link that may leave the app, as it will be opened, and the words a person needs to judge it. */
export interface Link {
	url: string;
	/** The real host, in ASCII, or the address a mail would go to. */
	goesTo: string;
}

const longest = 4096;
/** A mail link may fill in a draft; anything beyond these, such as an attachment, some mail programs would take from the disk. */
const mailFields = ['subject', 'body', 'cc'];

/**
 * Reads a link that the page, or a model's answer in it, wants to open outside: only http, https and mailto, without a hidden
 * user name and without control characters; null for all else.
 */
export function readLink(text: string): Link | null {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
	if (text.length > longest || /[\u0000-\u0020\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(text) || !URL.canParse(text)) return null;
	const url = new URL(text);
	if (url.protocol === 'mailto:') return readMail(url);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
	if (url.hostname === '' || url.username !== '' || url.password !== '') return null;
	return { url: url.href, goesTo: url.host };
}

function readMail(url: URL): Link | null {
	const to = decodeURIComponentSafely(url.pathname);
	if (to === null || !/^[^\s@,;?&<>"]+@[^\s@,;?&<>"]+$/.test(to)) return null;
	const fields = mailFields.flatMap((name) => {
		const value = url.searchParams.get(name);
		return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
	});
	return { url: `mailto:${encodeURIComponent(to).replace('%40', '@')}${fields.length > 0 ? `?${fields.join('&')}` : ''}`, goesTo: to };
}

function decodeURIComponentSafely(text: string): string | null {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
}
