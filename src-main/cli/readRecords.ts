import { z } from 'zod';
import { isFailure } from '#contract/errors.ts';
import { readTable } from '../platform/csv/readTable.ts';
import { Ended, exitCodes } from './exitCodes.ts';

const fields = ['question', 'answer', 'subject', 'grade_level', 'key'] as const;
/** What one answer is graded by; what is left out is as the options say. */
export type AnswerRecord = Partial<Record<(typeof fields)[number], string>>;
const lineShape = z.object(
	Object.fromEntries(fields.map((name) => [name, z.string().optional()])) as Record<(typeof fields)[number], z.ZodOptional<z.ZodString>>,
);

/** Reads answers out of lines of JSON, or a table whose header names the fields. Throws Ended with the row of what is wrong. */
export async function readRecords(bytes: Buffer): Promise<AnswerRecord[]> {
	const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
	const records = text.trimStart().startsWith('{') ? readLines(text) : await readCsv(bytes);
	if (records.length === 0) throw wrong('There is no record in it.');
	const empty = records.findIndex(({ answer }) => answer === undefined || answer.trim() === '');
	if (empty >= 0) throw wrong(`Record ${empty + 1} has nothing in the field "answer".`);
	return records;
}

function readLines(text: string): AnswerRecord[] {
	return text.split('\n').flatMap((line, at) => {
		if (line.trim() === '') return [];
		try {
			return [lineShape.parse(JSON.parse(line)) as AnswerRecord];
		} catch (error) {
			const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
			throw wrong(`Line ${at + 1} ${issue ? `has something else than a text in "${issue.path.join('.')}"` : 'is no JSON'}.`);
		}
	});
}

async function readCsv(bytes: Buffer): Promise<AnswerRecord[]> {
	try {
		const { columns, rows } = await readTable({ bytes });
		const places = fields.flatMap((name) => {
			const at = columns.findIndex((column) => column.trim().toLowerCase().replaceAll(' ', '_') === name);
			return at < 0 ? [] : [[name, at] as const];
		});
		if (!places.some(([name]) => name === 'answer')) throw wrong(`There is no column "answer", but: ${columns.join(', ')}.`);
		return rows.map(({ cells }) => Object.fromEntries(places.flatMap(([name, at]) => (cells[at] ? [[name, cells[at]]] : []))));
	} catch (error) {
		if (!isFailure(error)) throw error;
		throw wrong(`${error.message}${'row' in error.data ? ` Row ${error.data.row}.` : ''}`);
	}
}

function wrong(message: string): Ended {
	return new Ended(exitCodes.failed, 'RECORDS_UNREADABLE', message);
}
