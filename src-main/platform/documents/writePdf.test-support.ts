/**
 * Writes a PDF of the parts that ISO 32000-1, 7.5 asks for: a page for each text, in Helvetica; or for a stream that is deflated already.
 *
 * `font`: in place of that one.
 */
export async function writePdf(pages: readonly (string | Uint8Array)[], font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'): Promise<Buffer> {
	const objects: Buffer[] = [];
	const add = (...parts: (string | Uint8Array)[]) => objects.push(Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1'))));
	const pageNumbers = pages.map((_, index) => 4 + index * 2);
	add('<< /Type /Catalog /Pages 2 0 R >>');
	add(`<< /Type /Pages /Count ${pages.length} /Kids [${pageNumbers.map((number) => `${number} 0 R`).join(' ')}] >>`);
	add(font);
	for (const [index, page] of pages.entries()) {
		add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`);
		const stream = typeof page === 'string' ? Buffer.from(page === '' ? '' : `BT /F1 12 Tf 14 TL 72 770 Td (${page}) Tj ET`) : page;
		add(`<< /Length ${stream.length}${typeof page === 'string' ? '' : ' /Filter /FlateDecode'} >>\nstream\n`, stream, '\nendstream');
	}
	const parts = [Buffer.from('%PDF-1.7\n')];
	const offsets: number[] = [];
	let at = 9;
	for (const [index, object] of objects.entries()) {
		offsets.push(at);
		const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
		parts.push(whole);
		at += whole.length;
	}
	const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const count = objects.length + 1;
	parts.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`));
	return Buffer.concat(parts);
}
