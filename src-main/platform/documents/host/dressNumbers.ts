/**
 * Reads from the styles of a workbook which of them write whole numbers with zeros in front, and to how many digits: an id that a sheet shows
 * as 0007 is the number 7 in it (ECMA-376 part 1, 18.8.30 and 18.8.10).
 */
export function readPaddings(styles: string): Map<string, number> {
	const digits = new Map<string, number>();
	for (const [format] of styles.matchAll(/<numFmt\s[^>]*>/g)) {
		const code = /\sformatCode="(0{2,20})"/.exec(format)?.[1];
		const id = /\snumFmtId="(\d+)"/.exec(format)?.[1];
		if (code !== undefined && id !== undefined) digits.set(id, code.length);
	}
	const used = /<cellXfs[\s>].*?<\/cellXfs>/s.exec(styles)?.[0] ?? '';
	const paddings = new Map<string, number>();
	for (const [index, [style]] of [...used.matchAll(/<xf\s[^>]*>/g)].entries()) {
		const length = digits.get(/\snumFmtId="(\d+)"/.exec(style)?.[1] ?? '');
		if (length !== undefined) paddings.set(String(index), length);
	}
	return paddings;
}

/**
 * Puts the text that a sheet shows in the place of its padded numbers and of its errors (`#DIV/0!`), and nothing in the place of a cell that is told to have a value and has
 * none, as programs leave a formula that was never reckoned: the reader of workbooks knows of no paddings, passes over errors, and gives a whole
 * workbook up for such a cell.
 */
export function dressNumbers(sheet: string, paddings: ReadonlyMap<string, number>): string {
	return sheet.replaceAll(/<c((?:\s[^>]*?)?)(?:\/>|>(.*?)<\/c>)/gs, (cell, attributes: string, content = '') => {
		const type = /\st="(\w+)"/.exec(attributes)?.[1] ?? 'n';
		const value = /<v(?:\s[^>]*)?>([^<]*)<\/v>/.exec(content)?.[1];
		if (type !== 'n' && (value ?? '') === '' && !content.includes('<is')) return `<c${attributes.replace(/\st="\w+"/, '')}/>`;
		if (type === 'e') return `<c${attributes.replace(/\st="e"/, ' t="str"')}><v>${value}</v></c>`;
		if (type !== 'n') return cell;
		const length = paddings.get(/\ss="(\d+)"/.exec(attributes)?.[1] ?? '');
		if (length === undefined || value === undefined || !/^\d{1,15}$/.test(value)) return cell;
		return `<c${attributes.replace(/\st="n"/, '')} t="str"><v>${value.padStart(length, '0')}</v></c>`;
	});
}
