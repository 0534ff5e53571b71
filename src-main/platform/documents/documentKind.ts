/** What a file is by its first bytes. `cfb`: the container of Word and Excel before 2007, and of documents under a password. */
export type DocumentKind = 'zip' | 'pdf' | 'cfb' | 'rtf' | 'picture' | 'other' | 'text';

const pictures: readonly RegExp[] = [
	// Also where it was sent as text, which changes the line end that follows.
	/^\x89PNG/,
	/^\xFF\xD8\xFF/,
	/^GIF8[79]a/,
	/^RIFF.{4}WEBP/s,
	/^BM.{4}\0\0\0\0/s,
	// TIFF, also of more than 4 GiB.
	/^(II[*+]\0|MM\0[*+])/,
	// HEIC and AVIF, as phones take photographs.
	/^.{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])/s,
];

/** Programs, sounds, films, databases, packed files and models: what people choose by mistake. In hexadecimal, as their formats tell it. */
const others: readonly string[] = [
	...['7f454c46', '4d5a9000', 'cafebabe', 'cffaedfe', 'cefaedfe', '0061736d'],
	...['49443302', '49443303', '49443304', '4f67675300', '664c614300', '1a45dfa3'],
	...['53514c69746520666f726d6174203300', '1f8b08', '377abcaf271c', '526172211a07', '425a6839314159', 'fd377a585a00', '28b52ffd'],
	...['4747554602000000', '4747554603000000'],
];
/** The same where what tells comes after a length. */
const longOthers: readonly RegExp[] = [/^RIFF.{4}(WAVE|AVI )/s, /^.{4}ftyp/s];

/** Tells what a file is by its content alone: its name may say anything. What is nothing that is known is taken for text. */
export function documentKindOf(bytes: Uint8Array): DocumentKind {
	const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
	if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
	if (start.startsWith('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) return 'cfb';
	if (/^\s*\{\\rtf/.test(start)) return 'rtf';
	// Readers of PDF find its mark anywhere in the first KiB (PDF 1.7, appendix H, note 13); a text that speaks of it has words before.
	if (/^[^\w]{0,1019}%PDF-\d/.test(start)) return 'pdf';
	if (pictures.some((pattern) => pattern.test(start))) return 'picture';
	const hex = Buffer.from(start.slice(0, 16), 'latin1').toString('hex');
	return others.some((signature) => hex.startsWith(signature)) || longOthers.some((pattern) => pattern.test(start)) ? 'other' : 'text';
}
