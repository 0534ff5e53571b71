import { expect, test } from 'vitest';
import type { DocumentInput } from '../../../platform/documents/DocumentReader.ts';
import type { ReadDocument } from '../../../platform/documents/documentContract.ts';
import { AnswerIntake, type FilesStep } from './AnswerIntake.ts';

const file = (fileName: string, text = fileName): DocumentInput => ({ fileName, bytes: Buffer.from(text) });
const files = [file('0012 Ada.txt'), file('0013 Bo.txt')];

/** An intake whose reader of documents counts what it is asked, and holds each document until it is let go. */
function openIntake(options: { isHeld?: boolean; now?: () => number } = {}) {
	const read: string[] = [];
	let letGo = () => {};
	const held = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const documents = {
		async read({ fileName, bytes }: DocumentInput): Promise<ReadDocument> {
			read.push(fileName);
			if (options.isHeld) await held;
			return { kind: 'text', text: Buffer.from(bytes).toString(), pages: null, notes: [] };
		},
	};
	return { intake: new AnswerIntake(documents, options.now), read, letGo };
}

const last = (steps: FilesStep[]) => steps.flatMap((step) => ('preview' in step ? [step.preview] : [])).at(-1);

test('what was read of files for a look is not read again for the assignment, but for another person, other files or after half an hour it is', async () => {
	let now = 0;
	const { intake, read } = openIntake({ now: () => now });
	const mapping = last(await Array.fromAsync(intake.previewFiles('ann', files)))?.mapping ?? expect.fail();
	expect((await intake.read('ann', { files }, mapping)).students.map(({ number, name }) => [number, name])).toEqual([
		['0012', 'Ada'],
		['0013', 'Bo'],
	]);
	expect(read).toHaveLength(2);
	await intake.read('bob', { files }, mapping);
	expect(read).toHaveLength(4);
	await intake.read('ann', { files: [file('0012 Ada.txt', 'changed'), files[1] ?? expect.fail()] }, mapping);
	expect(read).toHaveLength(6);
	now += 31 * 60_000;
	await intake.read('bob', { files }, mapping);
	expect(read).toHaveLength(8);
});

test('tells how many files are read while they are, and reads no further when nobody listens', async () => {
	const { intake, read, letGo } = openIntake({ isHeld: true });
	for await (const step of intake.previewFiles('ann', files)) {
		expect(step).toEqual({ read: 0, files: 2 });
		break;
	}
	letGo();
	// Time enough for the second file to be read, were it going to be.
	for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
	expect(read).toEqual(['0012 Ada.txt']);
});

test('a column that makes every row a question of its own is refused in words, not taken', async () => {
	const { intake } = openIntake();
	const rows = Array.from({ length: 201 }, (_, at) => `${at},What is ${at}?,x`);
	const wished = { layout: 'long' as const, studentId: 'id', studentNames: [], studentClass: null, question: 'question', answer: 'answer', points: null };
	await expect(intake.preview({ input: { text: ['id,question,answer', ...rows].join('\n') } }, wished)).rejects.toMatchObject({
		code: 'CSV_INVALID',
		data: { column: 'question' },
	});
});

test('names the classes of a table, the largest first, and what its headings ask', async () => {
	const { intake } = openIntake();
	const text = 'id,class,Q1. Why are leaves green? (4 points)\n1,5A,x\n2,5B,y\n3,5B,z\n';
	const { classes, questions, studentCount } = await intake.preview({ input: { text } });
	expect([classes, studentCount]).toEqual([['5B', '5A'], 3]);
	expect(questions).toMatchObject([{ text: 'Why are leaves green?', points: 4 }]);
});
