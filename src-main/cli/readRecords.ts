import { z } from 'zod';
import { isFailure } from '#contract/errors.ts';
import { answerColumnsOf, findHeader, lastHeaderRow } from '../answerColumns.ts';
import { type FindHeader, readTable, type TableRow } from '../platform/csv/readTable.ts';
import { Ended, exitCodes } from './exitCodes.ts';
import { failureWords } from './words.ts';

const fields = ['question', 'answer', 'subject', 'grade_level', 'key'] as const;
type Field = (typeof fields)[number];

/** One answer of many, and where it stands. */
export interface AnswerRecord {
	/** As a spreadsheet counts rows, or the line of JSON; from 1. */
	row: number;
	/** What it is graded by; what is left out is as the options say. */
	fields: Partial<Record<Field, string>>;
	/** All else in the record, such as whose answer it is. */
	others: Record<string, unknown>;
	/** Why this one cannot be graded. */
	fault: Ended | null;
}

/** How it is known what the answers are in where that is not called `answer`. */
interface Finding {
	/** Said by whoever asks; left out: it is found out. */
	answerColumn?: string | undefined;
	/** Hears in a sentence what was found out. */
	onFound?: (sentence: string) => void;
}

const lineShape = z.looseObject(
	Object.fromEntries(fields.map((name) => [name, z.string().nullish()])) as Record<Field, z.ZodOptional<z.ZodNullable<z.ZodString>>>,
);

/**
 * Reads answers out of lines of JSON, or a table whose header names the fields, wherever it stands, or has columns that are found as the screen
 * finds them of a class (answerColumns.ts). A line that is none, a record without an answer, or with cells that the header has no name for, says
 * so itself. Throws Ended with the row where the whole cannot be read.
 */
export async function readRecords(bytes: Buffer, finding: Finding = {}): Promise<AnswerRecord[]> {
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	const records = text.trimStart().startsWith('{') ? readLines(text, finding.answerColumn) : await readCsv(bytes, finding);
	if (records.length === 0) throw unreadable('There is no record in it.');
	return records;
}

function readLines(text: string, answerColumn: string | undefined): AnswerRecord[] {
	const records = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, at + 1, answerColumn)]));
	// One object over many lines, or another kind of file.
	if (records.every(({ fault }) => fault?.code === 'LINE_UNREADABLE')) throw unreadable('None of its lines is a record: each line of JSON is to be one.');
	return records;
}

function readLine(line: string, row: number, answerColumn: string | undefined): AnswerRecord {
	try {
		const read: unknown = JSON.parse(line);
		const named = answerColumn !== undefined && isRecord(read) && answerColumn in read ? { ...read, answer: read[answerColumn] } : read;
		return recordOf(row, Object.entries(lineShape.parse(named)), null);
	} catch (error) {
		const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
		const field = issue?.path.join('.');
		const what = issue === undefined ? 'is no JSON' : field ? `has something else than a text in "${field}"` : 'is no record';
		return { row, fields: {}, others: {}, fault: new Ended(exitCodes.failed, 'LINE_UNREADABLE', `Line ${row} ${what}.`) };
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readCsv(bytes: Buffer, finding: Finding): Promise<AnswerRecord[]> {
	const { header, columns, rows } = await readTable({ bytes }, { findHeader: headerWith(finding.answerColumn) }).catch((error: unknown) => {
		if (!isFailure(error)) throw error;
		throw unreadable(failureWords(error.code, error.data, error.message));
	});
	const named = fieldsOf(columns.slice(0, header.findLastIndex((name) => name.trim() !== '') + 1), rows, finding);
	return rows.map(({ row, cells }) => {
		const entries = named.map((name, at): [string, string] => [name, cells[at] ?? '']);
		return recordOf(row, entries, cutOff(cells, named.length));
	});
}

/** For each column the field that it holds, or its heading. Throws Ended where none, or more than one, holds the answers. */
function fieldsOf(columns: readonly string[], rows: readonly TableRow[], { answerColumn, onFound = () => undefined }: Finding): string[] {
	const named = columns.map(fieldNamed);
	if (answerColumn !== undefined) {
		const at = columns.findIndex((column) => isCalled(column, answerColumn));
		if (at === -1) throw unreadable(`There is no column "${answerColumn}", but: ${columns.join(', ')}. --answer takes one of them.`);
		return named.map((field, index) => (index === at ? 'answer' : field === 'answer' ? (columns[index] ?? '') : field));
	}
	if (named.includes('answer')) return named;
	const found = answerColumnsOf(columns, rows);
	if (found.length === 0) throw unreadable(`There is no column "answer", but: ${named.join(', ')}. --answer COLUMN says which of them the answers are in.`);
	const answers = found.map(({ answer }) => answer);
	if (answers.length > 1) throw unreadable(`Several columns hold answers: ${answers.join(', ')}. --answer COLUMN takes one of them at a time.`);
	const [only] = found;
	const fieldIn = new Map<string | null | undefined, Field>([
		[only?.key, 'key'],
		[only?.question, 'question'],
		[only?.answer, 'answer'],
	]);
	onFound(
		only?.question ? `The answers are taken from "${only.answer}", the questions from "${only.question}".` : `The answers are taken from "${answers[0]}".`,
	);
	return named.map((field, index) => fieldIn.get(columns[index]) ?? field);
}

/** Where the header stands: the first row, no lower than a header can be, in which the wished column is named; or the likely one. */
function headerWith(answerColumn: string | undefined): FindHeader {
	return (records) => {
		const named = records.findIndex(({ row, cells }) => row <= lastHeaderRow && cells.some((cell) => isCalled(cell, answerColumn)));
		return named === -1 ? findHeader(records) : named;
	};
}

function isCalled(heading: string, name: string | undefined): boolean {
	return heading.trim().toLowerCase() === name?.trim().toLowerCase();
}

/** The field that a column's heading means, or the heading itself. */
function fieldNamed(column: string): string {
	const name = column.trim().toLowerCase().replaceAll(' ', '_');
	return fields.find((field) => field === name) ?? column;
}

/** What stands behind the last heading may be the end of an answer with a comma in it: graded without it, the mark would be wrong. */
function cutOff(cells: TableRow['cells'], width: number): Ended | null {
	if (cells.slice(width).every((cell) => cell.trim() === '')) return null;
	const message = `There are ${cells.length} cells, and ${width} headings. Put quotes ("…") around a text that holds the delimiter.`;
	return new Ended(exitCodes.failed, 'RAGGED_ROW', message);
}

function recordOf(row: number, entries: [string, unknown][], fault: Ended | null): AnswerRecord {
	const isField = ([name]: [string, unknown]) => fields.some((field) => field === name);
	const given = Object.fromEntries(entries.filter((entry) => isField(entry) && entry[1])) as AnswerRecord['fields'];
	const missing = given.answer?.trim() ? null : new Ended(exitCodes.failed, 'ANSWER_MISSING', 'There is nothing in the field "answer".');
	return { row, fields: given, others: Object.fromEntries(entries.filter((entry) => !isField(entry))), fault: fault ?? missing };
}

function unreadable(message: string): Ended {
	return new Ended(exitCodes.failed, 'RECORDS_UNREADABLE', message);
}
