/** In the order in which they are taken when the text speaks for several alike. */
const candidates = [',', '\t', ';', '|'];
const sampleCharacters = 131_072;

/**
 * Finds what separates the cells of a table, for a file that does not say.
 *
 * Tries each candidate on the first records, with quoting respected, and takes the one under which the rows are as wide as the
 * header: a comma in the prose of an answer makes rows of many widths, a delimiter makes rows of one. A first line that it does not part
 * may be a title. Ragged rows are rather of a table than a header with a comma in its one name.
 */
export function detectDelimiter(text: string): string {
	const sample = text.slice(0, sampleCharacters);
	const scored = candidates.map((delimiter) => ({ delimiter, ...scoreOf(recordWidths(sample, delimiter, sample.length < text.length)) }));
	scored.sort((a, b) => b.score - a.score || b.width - a.width);
	return scored[0]?.delimiter ?? ',';
}

/** Of a candidate that parts nothing, which leaves a table of one column. */
const oneColumn = 0.5;

function scoreOf(widths: number[]): { score: number; width: number } {
	const isTitle = widths[0] === 1;
	const width = isTitle ? widthUnderTitle(widths) : (widths[0] ?? 1);
	const rows = widths.slice(1);
	// A wider row may be an answer with the delimiter in its prose, a narrower one may lack its last cells; a row of one cell is neither.
	const fit = rows.reduce((sum, row) => sum + (row === width ? 1 : row > width ? 0.5 : row > 1 ? 0.3 : 0), 0);
	const share = rows.length === 0 ? 1 : fit / rows.length;
	// A header of three cells or more hardly comes about by chance; prose with as many commas in every row does beside one that parts the first line.
	const chance = isTitle && width > 1 ? -0.75 : 0;
	if (width === 1) return { score: share * oneColumn, width };
	return { score: share * 2 + (width > 2 && share > 0 ? 0.5 : 0) + chance, width };
}

/** The width of most rows where they are of one and it hardly comes about by chance, else 1: prose has a comma or two. */
function widthUnderTitle(widths: readonly number[]): number {
	const [most = [1]] = [...Map.groupBy(widths, (width) => width).values()].sort((a, b) => b.length - a.length);
	const [width = 1] = most;
	return width > 2 && most.length * 2 > widths.length ? width : 1;
}

/** How many cells each record has that is not blank; a record that the sample cuts off is left out. */
function recordWidths(sample: string, delimiter: string, cut: boolean): number[] {
	const widths: number[] = [];
	let width = 1;
	let quoted = false;
	let fieldStart = true;
	let blank = true;
	for (let index = 0; index < sample.length; index++) {
		const character = sample[index];
		if (quoted) {
			if (character !== '"') continue;
			if (sample[index + 1] === '"') index++;
			else quoted = false;
		} else if (character === '\n' || character === '\r') {
			if (!blank) widths.push(width);
			width = 1;
			blank = true;
			fieldStart = true;
		} else if (character === delimiter) {
			width++;
			fieldStart = true;
			blank = false;
		} else {
			quoted = character === '"' && fieldStart;
			fieldStart = false;
			blank = false;
		}
	}
	if (!blank && !cut) widths.push(width);
	return widths;
}
