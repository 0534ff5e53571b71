import { z } from 'zod';
import { isFailure } from '#contract/errors.ts';
import { readTable, type TableRow } from '../platform/csv/readTable.ts';
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

const lineShape = z.looseObject(
	Object.fromEntries(fields.map((name) => [name, z.string().nullish()])) as Record<Field, z.ZodOptional<z.ZodNullable<z.ZodString>>>,
);

/**
 * Reads answers out of lines of JSON, or a table whose header names the fields. A line that is none, a record without an answer, or with cells
 * that the header has no name for, says so itself. Throws Ended with the row where the whole cannot be read.
 */
export async function readRecords(bytes: Buffer): Promise<AnswerRecord[]> {
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	const records = text.trimStart().startsWith('{') ? readLines(text) : await readCsv(bytes);
	if (records.length === 0) throw unreadable('There is no record in it.');
	return records;
}

function readLines(text: string): AnswerRecord[] {
	const records = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, at + 1)]));
	// One object over many lines, or another kind of file.
	if (records.every(({ fault }) => fault?.code === 'LINE_UNREADABLE')) throw unreadable('None of its lines is a record: each line of JSON is to be one.');
	return records;
}

function readLine(line: string, row: number): AnswerRecord {
	try {
		return recordOf(row, Object.entries(lineShape.parse(JSON.parse(line))), null);
	} catch (error) {
		const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
		const field = issue?.path.join('.');
		const what = issue === undefined ? 'is no JSON' : field ? `has something else than a text in "${field}"` : 'is no record';
		return { row, fields: {}, others: {}, fault: new Ended(exitCodes.failed, 'LINE_UNREADABLE', `Line ${row} ${what}.`) };
	}
}

async function readCsv(bytes: Buffer): Promise<AnswerRecord[]> {
	const { header, columns, rows } = await readTable({ bytes }).catch((error: unknown) => {
		if (!isFailure(error)) throw error;
		throw unreadable(failureWords(error.code, error.data, error.message));
	});
	const named = columns.slice(0, header.findLastIndex((name) => name.trim() !== '') + 1).map(fieldNamed);
	if (!named.includes('answer')) throw unreadable(`There is no column "answer", but: ${named.join(', ')}.`);
	return rows.map(({ row, cells }) => {
		const entries = named.map((name, at): [string, string] => [name, cells[at] ?? '']);
		return recordOf(row, entries, cutOff(cells, named.length));
	});
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
