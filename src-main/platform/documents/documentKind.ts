/** What a file is by its first bytes. `cfb`: the container of Word and Excel before 2007, and of documents under a password. */
export type DocumentKind = 'zip' | 'pdf' | 'cfb' | 'rtf' | 'picture' | 'text';

const pictures: readonly RegExp[] = [
	/^\x89PNG\r\n/,
	/^\xFF\xD8\xFF/,
	/^GIF8[79]a/,
	/^RIFF.{4}WEBP/s,
	/^BM.{4}\0\0\0\0/s,
	// TIFF, also of more than 4 GiB.
	/^(II[*+]\0|MM\0[*+])/,
	// HEIC and AVIF, as phones take photographs.
	/^.{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1|avi[fs])/s,
];

/** Tells what a file is by its content alone: its name may say anything. What is nothing else is taken for text. */
export function documentKindOf(bytes: Uint8Array): DocumentKind {
	const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
	if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
	if (start.startsWith('\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1')) return 'cfb';
	if (/^\s*\{\\rtf/.test(start)) return 'rtf';
	// Readers of PDF find its mark anywhere in the first KiB (PDF 1.7, appendix H, note 13); a text that speaks of it has words before.
	if (/^[^\w]{0,1019}%PDF-\d/.test(start)) return 'pdf';
	return pictures.some((pattern) => pattern.test(start)) ? 'picture' : 'text';
}
