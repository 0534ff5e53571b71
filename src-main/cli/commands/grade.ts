import type { Answer, ApiClient } from '../ApiClient.ts';
import type { Call, Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { readInput, writeOutput } from '../files.ts';
import { readRecords } from '../readRecords.ts';

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
		each: { help: 'the file is a table (CSV) or lines of JSON with the fields answer, question, subject, grade_level, key' },
		out: { word: 'FILE', help: 'writes what comes of it into a file, as lines of JSON' },
		force: { help: 'replaces a file that is there' },
	},
	async run(call) {
		const { words, given, terminal, stdin, client } = call;
		if (words.length > 1) throw usageError('One file at a time.');
		const model = given.need('model', 'MODEL');
		const shared = { question: given.text('question'), subject: given.text('subject'), grade_level: given.text('level'), key: given.text('expected') };
		const { bytes } = await readInput(words[0] ?? '-', stdin);
		const records = given.is('each') ? await readRecords(bytes) : [{ answer: bytes.toString('utf8') }];
		const out = given.text('out');
		const done = await gradeEach(
			call,
			await client(),
			model,
			records.map((record) => ({ ...defined(shared), ...record })),
		);
		if (out !== undefined) await writeOutput(out, `${done.lines.map((line) => JSON.stringify(line)).join('\n')}\n`, { replaces: given.is('force') });
		if (done.failed > 0) throw new Ended(exitCodes.failed, 'SOME_FAILED', `${done.failed} of ${records.length} were not graded.`, { failed: done.failed });
		if (records.length > 1) terminal.say(`${records.length} answers graded for ${done.tokens} tokens.`);
	},
};

/** Grades one after another; what is wrong with one keeps none of the others from it, but for what would keep all. */
async function gradeEach({ terminal, given }: Call, client: ApiClient, model: string, records: readonly Record<string, string | undefined>[]) {
	const lines: object[] = [];
	let [failed, tokens] = [0, 0];
	for (const [at, { question = '', answer = '', ...fields }] of records.entries()) {
		terminal.progress(at / records.length, `${at} of ${records.length}`);
		const row = records.length > 1 ? { row: at + 1 } : {};
		try {
			const { subject, grade_level, key } = fields;
			const graded = await client.call('tasks', 'homework', { model, question, answer, subject, grade_level, key });
			tokens += graded.tokens_consumed;
			lines.push({ ...row, ...graded });
			terminal.result({ ...row, ...graded }, shown(graded, records.length > 1 ? `${at + 1}. ` : ''));
		} catch (error) {
			const isOfThisAlone = error instanceof Ended && ['INVALID_INPUT', 'ANSWER_TOO_LONG', 'GRADE_INVALID'].includes(error.code);
			if (!isOfThisAlone || records.length === 1) {
				// What was graded and paid for is kept.
				const out = given.text('out');
				if (out !== undefined && lines.length > 0)
					await writeOutput(out, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`, { replaces: given.is('force') });
				throw error;
			}
			failed++;
			const told = { ...row, error: error.code, message: error.message, details: error.details };
			lines.push(told);
			terminal.complain(told, `${at + 1}. ${error.message}`);
		}
	}
	return { lines, failed, tokens };
}

function shown({ score, feedback, suggestions, doubts }: Grade, number: string): string {
	const lines = [`${number}${score} of 100`, feedback, ...suggestions.map((suggestion) => `- ${suggestion}`)];
	return [...lines, ...(doubts.length > 0 ? [`(to be looked at: ${doubts.join(', ')})`] : [])].join('\n');
}

function defined(fields: Record<string, string | undefined>): Record<string, string> {
	return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
