import writeExcelFile, { type Cell, type CellObject, type Sheet } from 'write-excel-file/node';
import { sheetNames } from '../../../platform/formats/workbook/sheetNames.ts';
import { classTable, markerName, settledAnswer } from './classTable.ts';
import type { GradedClass, SheetQuestion, SheetStudent } from './GradedClass.ts';
import { missingSign, wellFormedText } from './printableText.ts';
import { type SheetWords, sheetWords } from './sheetWords.ts';

/** The most that a cell holds, in UTF-16 units: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3 */
const cellLimit = 32_767;
/** Up to here every spreadsheet shows a whole number as it was written. */
const numberDigits = 9;
const white = { alignVertical: 'top', wrap: true } as const;
const heading = { ...white, fontWeight: 'bold', backgroundColor: '#eef1f4', bottomBorderStyle: 'thin', bottomBorderColor: '#b8c0c8' } as const;

/** What a column is for, and how wide it is in characters. */
interface SheetColumn {
	name: string;
	width: number;
}

/**
 * Writes a class as an XLSX workbook: the imported table with its columns and order and the marks behind it, then a sheet for each question
 * with the level, points, evidence and reason of every criterion, then the figures of the class where there are any.
 *
 * Everything that people or models wrote is text, never a formula. A cell that holds no more is cut, and says so.
 */
export async function writeClassWorkbook(graded: GradedClass): Promise<Uint8Array> {
	const words = sheetWords[graded.language];
	const sheets = [classSheet(graded, words), ...graded.questions.map((question) => questionSheet(graded, question, words))];
	const names = [words.classSheet, ...graded.questions.map(({ name }) => name)];
	if (graded.statistics) {
		sheets.push(statisticsSheet(graded.statistics, words));
		names.push(words.statistics);
	}
	const legal = sheetNames(names);
	return await writeExcelFile(sheets.map((sheet, index) => ({ ...sheet, sheet: legal[index] ?? '' }))).toBuffer();
}

function classSheet(graded: GradedClass, words: SheetWords): Sheet<Buffer> {
	const { columns, added, rows } = classTable(graded);
	const isNumeric = columns.map((_, index) => isColumnOfNumbers((graded.table ?? graded).students, index));
	const data = rows.map((row) => [
		...row.cells.map((cell, index) => (isNumeric[index] && cell !== '' ? numberCell(Number(cell)) : textCell(cell, words))),
		...row.added.map((cell) => anyCell(cell, words)),
	]);
	const widths = columns.map((_, index) => widthOf(rows.map(({ cells }) => cells[index] ?? '')));
	const addedWidths = added.map((_, index) => widthOf(rows.map((row) => String(row.added[index] ?? ''))));
	const above = (graded.above ?? []).map((cells) => cells.map((cell) => titleCell(cell, words)));
	const named = [...columns, ...added].map((name, index) => ({ name, width: [...widths, ...addedWidths][index] ?? 12 }));
	return sheetOf(named, data, words, { above });
}

/** What stands above the header runs on over the cells beside it. */
function titleCell(cell: string, words: SheetWords): CellObject | null {
	const text = textCell(cell, words);
	return text && { ...text, wrap: false };
}

/** A column that holds nothing but plain numbers stays one to add up; what is a student's number is text, as are long ones. */
function isColumnOfNumbers(students: readonly SheetStudent[], index: number): boolean {
	const filled = students.filter(({ cells }) => (cells[index] ?? '') !== '');
	const isPlain = (cell: string) => cell.length <= numberDigits && String(Number(cell)) === cell && Number.isFinite(Number(cell));
	return filled.length > 0 && filled.every(({ cells }) => isPlain(cells[index] ?? '')) && !filled.every(({ cells, number }) => cells[index] === number);
}

function questionSheet({ students }: GradedClass, { id, criteria }: SheetQuestion, words: SheetWords): Sheet<Buffer> {
	const columns: SheetColumn[] = [
		{ name: words.number, width: 14 },
		{ name: words.student, width: 18 },
		{ name: words.answer, width: 60 },
		...criteria.flatMap(({ name }) => [
			{ name: `${name}: ${words.level}`, width: 16 },
			{ name: `${name}: ${words.points}`, width: 10 },
			{ name: `${name}: ${words.evidence}`, width: 30 },
			{ name: `${name}: ${words.reason}`, width: 30 },
		]),
		{ name: words.feedback, width: 50 },
		{ name: words.suggestions, width: 40 },
		{ name: words.points, width: 10 },
		{ name: words.decidedBy, width: 16 },
	];
	const data = students.map((student) => {
		const settled = settledAnswer(student, id);
		const verdicts = criteria.flatMap((criterion) => {
			const verdict = settled?.verdicts.find(({ criterionId }) => criterionId === criterion.id);
			return [verdict?.levelName ?? null, verdict?.points ?? null, verdict?.quote ?? null, verdict?.reason ?? null];
		});
		const answer = student.answers.find(({ questionId }) => questionId === id)?.text ?? '';
		const outcome = settled && [settled.feedback, settled.suggestions.join('\n'), settled.points, markerName(settled, words)];
		return [student.number, student.name, answer, ...verdicts, ...(outcome ?? [])].map((cell) => anyCell(cell, words));
	});
	return sheetOf(columns, data, words, { stickyColumnsCount: 2 });
}

function statisticsSheet({ header, rows }: NonNullable<GradedClass['statistics']>, words: SheetWords): Sheet<Buffer> {
	const columns = header.map((name) => ({ name, width: 18 }));
	return sheetOf(
		columns,
		rows.map((row) => row.map((cell) => anyCell(cell, words))),
		words,
	);
}

function sheetOf(
	columns: readonly SheetColumn[],
	data: Cell[][],
	words: SheetWords,
	{ above = [], ...more }: { above?: Cell[][]; stickyColumnsCount?: number } = {},
): Sheet<Buffer> {
	const header = columns.map(({ name }) => ({ ...textCell(name, words), ...heading }));
	return { data: [...above, header, ...data], columns: columns.map(({ width }) => ({ width })), stickyRowsCount: above.length + 1, ...more };
}

function anyCell(cell: string | number | null, words: SheetWords): CellObject | null {
	if (cell === null) return null;
	return typeof cell === 'number' ? numberCell(cell) : textCell(cell, words);
}

function numberCell(value: number): CellObject {
	return { ...white, value: Math.round(value * 1e9) / 1e9, type: Number };
}

function textCell(text: string, words: SheetWords): CellObject | null {
	if (text === '') return null;
	// write-excel-file leaves out U+FFFD without a word.
	const whole = wellFormedText(text.replace(/\r\n?/g, '\n')).replaceAll('\uFFFD', missingSign);
	const kept = whole.length <= cellLimit ? whole : whole.slice(0, cellLimit - words.cut.length).replace(/[\uD800-\uDBFF]$/, '') + words.cut;
	return { ...white, value: kept, type: String };
}

/** As wide as most of what stands in it needs, within what a screen shows; Chinese characters take two. */
function widthOf(cells: readonly string[]): number {
	const lengths = cells.map((cell) => cell.slice(0, 60).replace(/[\u2E80-\uFFFF]/g, 'xx').length).sort((a, b) => a - b);
	return Math.min(60, Math.max(10, (lengths[Math.floor(lengths.length * 0.9)] ?? 0) + 2));
}
