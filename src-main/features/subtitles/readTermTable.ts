import { mostTerms, type TermFields, type TermProblem, termFields, termKind } from '#contract/glossary.ts';
import { readTable, type TableRow, tableLimits } from '../../platform/csv/readTable.ts';
import { foldTerm } from './foldSource.ts';

type Field = keyof TermFields;

/** What programs and people call the columns of a glossary, folded. */
const namesOfColumns: Readonly<Record<Field, readonly string[]>> = {
	source: ['source', 'source term', 'source text', 'term', 'original', 'in the film', '原文', '术语'],
	target: ['target', 'target term', 'target text', 'translation', 'in the translation', '译文', '翻译'],
	kind: ['kind', 'type', 'category', '类别'],
	gender: ['gender', '性别'],
	note: ['note', 'notes', 'comment', 'definition', 'context', 'description', '说明', '备注'],
};
/** A title, and what else stands above the names of columns, is no longer than this. */
const mostAbove = 10;
const inOrder = { source: 0, target: 1, note: 2, kind: -1, gender: -1 };
const genders: readonly string[] = termFields.shape.gender.unwrap().options;

/** The terms of a table with the rows that they stand in, and what was odd. */
export interface TermTable {
	terms: { row: number; fields: TermFields }[];
	problems: TermProblem[];
}

/**
 * Reads a glossary from CSV or TSV of any encoding, as other programs write it: by the names of its columns, which may be tags of languages; without
 * a row of names the first column is the source, the second its translation, and the third a note.
 *
 * A title may stand above the names. A row that cannot be a term is told and left out, and so is one whose source stood above. Throws CSV_INVALID and TOO_LARGE.
 */
export async function readTermTable(bytes: Uint8Array): Promise<TermTable> {
	const findHeader = (records: readonly TableRow[]) =>
		Math.max(
			0,
			records.slice(0, mostAbove).findIndex(({ cells }) => placesByName(cells) !== null),
		);
	const table = await readTable({ bytes }, { limits: { bytes: tableLimits.bytes, rows: mostTerms }, findHeader });
	const named = placesByName(table.header);
	const rows: TableRow[] = named === null ? [{ row: table.headerRow, cells: table.header }, ...table.rows] : table.rows;
	const places = named ?? inOrder;
	const width = named === null ? table.header.length : table.header.findLastIndex((name) => name.trim() !== '') + 1;
	const found: TermTable = { terms: [], problems: [] };
	const seen = new Set<string>();
	for (const { row, cells } of rows) {
		const at = (field: Field) => plain(cells[places[field]] ?? '');
		const tell = (code: TermProblem['code'], detail: string) => found.problems.push({ row, code, detail: detail.slice(0, 200) });
		const source = at('source');
		const [kind, gender] = [at('kind').toLowerCase(), at('gender').toLowerCase()];
		const isKind = termKind.options.some((option) => option === kind);
		const read = termFields.safeParse({ source, target: at('target'), note: at('note'), ...(isKind && { kind }), ...(genders.includes(gender) && { gender }) });
		const broken = cells.find((cell) => cell.includes('\uFFFD'));
		if (source === '') tell('sourceMissing', cells.filter((cell) => cell.trim() !== '').join(', '));
		else if (at('target') === '') tell('targetMissing', source);
		else if (cells.slice(width).some((cell) => cell.trim() !== '')) tell('raggedRow', cells.join(', '));
		else if (broken !== undefined) tell('undecodable', broken);
		else if (!read.success) tell('tooLong', source);
		else if (seen.has(foldTerm(source))) tell('repeated', source);
		else {
			if (kind !== '' && !isKind) tell('unknownKind', kind);
			seen.add(foldTerm(source));
			found.terms.push({ row, fields: read.data });
		}
	}
	return found;
}

/** Where each field stands by the names in a header; null where that is none. */
function placesByName(header: readonly string[]): Record<Field, number> | null {
	const folded = header.map((name) =>
		name
			.trim()
			.toLowerCase()
			.replace(/[\s_-]+/g, ' '),
	);
	const placeOf = (field: Field) => folded.findIndex((name) => namesOfColumns[field].includes(name));
	const places = { source: placeOf('source'), target: placeOf('target'), kind: placeOf('kind'), gender: placeOf('gender'), note: placeOf('note') };
	if (places.source !== -1 && places.target !== -1) return places;
	const languages = header.flatMap((name, at) => (isLanguage(name.trim()) ? [at] : []));
	const [source, target] = languages;
	return source === undefined || target === undefined ? null : { ...places, source, target };
}

function isLanguage(name: string): boolean {
	if (!/^[a-z]{2,3}(?:[-_][a-z]{2,4}){0,2}$/i.test(name)) return false;
	const tag = name.replaceAll('_', '-');
	return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag) !== undefined;
}

/** A cell without the apostrophe that keeps spreadsheets from calculating with it. */
function plain(cell: string): string {
	return cell.trim().replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '');
}
