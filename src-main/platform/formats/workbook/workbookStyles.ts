/** How cells of the workbooks that are written here look. */
export type CellLook = 'plain' | 'heading' | 'date' | 'moment' | `decimals${number}`;

const mostDecimals = 15;
/** The first number that a workbook's own formats may have (ECMA-376 part 1, 18.8.30). */
const firstFormat = 164;

const formats: readonly [look: CellLook, code: string][] = [
	['date', 'yyyy-mm-dd'],
	['moment', 'yyyy-mm-dd hh:mm:ss'],
	...Array.from({ length: mostDecimals }, (_, index): [CellLook, string] => [`decimals${index + 1}`, `0.${'0'.repeat(index + 1)}`]),
];
const numbers = new Map<CellLook, number>([['plain', 0], ['heading', 1], ...formats.map(([look], index): [CellLook, number] => [look, index + 2])]);

/** By which a cell names its look. */
export function lookNumber(look: CellLook): number {
	return numbers.get(look) ?? 0;
}

/** The look that shows so many decimals, up to 15; undefined as usual. */
export function lookOfDecimals(count: number | undefined): CellLook | undefined {
	return count === undefined || count < 1 || count > mostDecimals ? undefined : `decimals${count}`;
}

/** The part `xl/styles.xml`: what each number of a look means. */
export function stylesPart(): string {
	const codes = formats.map(([, code], index) => `<numFmt numFmtId="${firstFormat + index}" formatCode="${code}"/>`).join('');
	const looks = formats.map((_, index) => `<xf numFmtId="${firstFormat + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('');
	const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
	return (
		'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
		'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
		`<numFmts count="${formats.length}">${codes}</numFmts>` +
		`<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>` +
		'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
		'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
		'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
		`<cellXfs count="${formats.length + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>${looks}</cellXfs>` +
		'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
		'</styleSheet>\n'
	);
}
