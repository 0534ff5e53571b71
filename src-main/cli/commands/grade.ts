import { z } from 'zod';
import type { Answer, ApiClient } from '../ApiClient.ts';
import type { Call, Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { type Output, readInput, readyOutput } from '../files.ts';
import { type AnswerRecord, readRecords } from '../readRecords.ts';
import { wordsFor } from '../words.ts';

type Grade = Answer<'tasks', 'homework'>;

export const grade: Command = {
	name: 'grade',
	words: '[FILE]',
	summary: 'has a model propose grades for an answer, or for each record of a table',
	options: {
		model: { word: 'MODEL', help: 'what grades' },
		question: { word: 'TEXT', help: 'what was asked' },
		expected: { word: 'TEXT', help: 'the expected answer' },
		subject: { word: 'TEXT', help: 'such as Physics' },
		level: { word: 'TEXT', help: 'such as "Year 8"' },
		each: { help: 'the file is a table (CSV) or lines of JSON with the fields answer, question, subject, grade_level, key; all others come along' },
		answer: { word: 'COLUMN', help: 'with --each: the column, or the field, that the answers are in (found out by its name)' },
		out: { word: 'FILE', help: 'writes what comes of it into a file, as lines of JSON; until the end they are in FILE.part' },
		force: { help: 'replaces a file that is there' },
		continue: { help: 'goes on behind what FILE.part has of this table' },
	},
	async run(call) {
		const { words, given, terminal, stdin, client } = call;
		if (words.length > 1) throw usageError('One file at a time.');
		const model = given.need('model', 'MODEL');
		const question = given.is('each') ? given.text('question') : given.need('question', 'TEXT');
		const shared = { question, subject: given.text('subject'), grade_level: given.text('level'), key: given.text('expected') };
		const out = await readyOutput(given);
		const isEach = given.is('each');
		const [file = '-'] = words;
		if (!isEach && /\.(csv|tsv|jsonl|ndjson)$/i.test(file))
			throw usageError(`${file} looks like many answers: --each grades each of them. Pipe it in where it is the answer of one.`);
		const { bytes } = await readInput(file, stdin);
		const records = isEach
			? await readRecords(bytes, { answerColumn: given.text('answer'), onFound: (sentence) => terminal.say(sentence) })
			: [{ row: 1, fields: { answer: bytes.toString('utf8') }, others: {}, fault: null }];
		const done = await gradeEach(call, await client(), { model, shared, records, isEach, out });
		if (done.failed > 0) throw new Ended(exitCodes.failed, 'SOME_FAILED', `${done.failed} of ${records.length} were not graded.`, { failed: done.failed });
		if (records.length > 1) terminal.say(`${records.length} answers graded for ${done.tokens} tokens.`);
	},
};

/** A line that an earlier run has kept. */
const keptLine = z.object({ row: z.number() });

interface Work {
	model: string;
	/** What each record is graded by that does not say so itself. */
	shared: Partial<Record<'question' | 'subject' | 'grade_level' | 'key', string | undefined>>;
	records: readonly AnswerRecord[];
	/** Whether each result says of which record it is. */
	isEach: boolean;
	out: Output | undefined;
}

/** Grades one after another; what is wrong with one keeps none of the others from it, but for what would keep all. */
async function gradeEach({ terminal }: Call, client: ApiClient, { model, shared, records, isEach, out }: Work) {
	const kept = await out?.lines();
	const done = new Set(kept?.before.map((line) => keptLine.safeParse(line).data?.row));
	let [failed, tokens] = [0, 0];
	for (const [at, { row, fields, others, fault }] of records.entries()) {
		terminal.progress(at / records.length, `${at} of ${records.length}`);
		if (done.has(row)) continue;
		const origin = isEach ? { row, record: others } : {};
		const name = isEach ? `${[`Row ${row}`, ...Object.values(others).slice(0, 1)].join(', ')}: ` : '';
		try {
			if (fault) throw fault;
			const { question = '', answer = '', subject, grade_level, key } = { ...shared, ...fields };
			const graded = await client.call('tasks', 'homework', { model, question, answer, subject, grade_level, key });
			tokens += graded.tokens_consumed;
			await kept?.add({ ...origin, ...graded });
			terminal.result({ ...origin, ...graded }, shown(graded, name));
		} catch (error) {
			if (!isEach || !isOfOneAlone(error)) {
				// What was graded and paid for is kept.
				await kept?.end();
				throw error;
			}
			failed++;
			const told = { ...origin, error: error.code, message: error.message, details: error.details };
			await kept?.add(told);
			terminal.complain(told, `${name}${error.message}`);
		}
	}
	await kept?.end();
	return { failed, tokens };
}

function isOfOneAlone(error: unknown): error is Ended {
	return (
		error instanceof Ended && ['LINE_UNREADABLE', 'ANSWER_MISSING', 'RAGGED_ROW', 'INVALID_INPUT', 'ANSWER_TOO_LONG', 'GRADE_INVALID'].includes(error.code)
	);
}

function shown({ score, feedback, suggestions, doubts }: Grade, name: string): string {
	const lines = [`${name}${score} of 100`, feedback, ...suggestions.map((suggestion) => `- ${suggestion}`)];
	return [...lines, ...(doubts.length > 0 ? [`(to be looked at: ${doubts.map((doubt) => wordsFor(`grading.doubt.${doubt}`) ?? doubt).join('; ')})`] : [])].join(
		'\n',
	);
}
