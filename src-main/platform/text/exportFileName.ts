const longestBytes = 180;
/** Names that Windows keeps for devices, whatever comes after a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Makes a file name from a title that Windows, macOS and Linux all take: no character that any of them refuses, nothing invisible
 * that makes one name look like another, no device's name, and short enough when written in UTF-8. An empty extension is none.
 */
export function exportFileName(title: string, extension: string): string {
	const plain = title
		.normalize('NFC')
		.toWellFormed()
		.replace(/[<>:"/\\|?*\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
		.replace(/\s+/g, ' ')
		.replace(/^[ .]+|[ .]+$/g, '');
	let short = '';
	for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(plain.slice(0, longestBytes))) {
		if (Buffer.byteLength(short + segment) > longestBytes) break;
		short += segment;
	}
	const name = short.replace(/[ .]+$/, '');
	const ending = extension === '' ? '' : `.${extension}`;
	return `${name === '' ? 'Homeroom' : devices.test(name) ? `_${name}` : name}${ending}`;
}

/** The same of a name that a stranger gave a file, such as a film the font in it: its ending stays. */
export function plainFileName(fileName: string): string {
	const ending = /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1] ?? '';
	return exportFileName(ending === '' ? fileName : fileName.slice(0, -ending.length - 1), ending);
}
