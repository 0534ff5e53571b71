import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentInput } from '../../../platform/documents/DocumentReader.ts';
import type { ReadDocument } from '../../../platform/documents/documentContract.ts';
import { AnswerIntake, type FilesStep } from './AnswerIntake.ts';
import { AnswerPiles, type SentFile } from './AnswerPiles.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-intake-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (fileName: string, text = fileName): SentFile => ({ fileName, file: new File([text], fileName) });
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
	return { intake: new AnswerIntake(documents, new AnswerPiles(folder), options.now), read, letGo };
}

const last = (steps: FilesStep[]) => steps.flatMap((step) => ('preview' in step ? [step.preview] : [])).at(-1);

test('what was read of files for a look is not read again for the assignment, but with more files or after half an hour it is', async () => {
	let now = 0;
	const { intake, read } = openIntake({ now: () => now });
	const pileId = await intake.piles.add('ann', null, files);
	const mapping = last(await Array.fromAsync(intake.previewFiles('ann', pileId)))?.mapping ?? expect.fail();
	expect((await intake.read('ann', { pileId }, mapping)).students.map(({ number, name }) => [number, name])).toEqual([
		['0012', 'Ada'],
		['0013', 'Bo'],
	]);
	expect(read).toHaveLength(2);
	await intake.piles.add('ann', pileId, [file('0014 Cy.txt')]);
	expect((await intake.read('ann', { pileId }, mapping)).students).toHaveLength(3);
	expect(read).toHaveLength(5);
	now += 31 * 60_000;
	await intake.read('ann', { pileId }, mapping);
	expect(read).toHaveLength(8);
});

test('what was read is let go where it is too much, the oldest first, and with its files once the assignment is made of it', async () => {
	const { intake, read } = openIntake();
	const look = async (ownerId: string) => {
		const pileId = await intake.piles.add(ownerId, null, [file(`0012 ${ownerId}.txt`, 'x'.repeat(9_000_000))]);
		const mapping = last(await Array.fromAsync(intake.previewFiles(ownerId, pileId)))?.mapping ?? expect.fail();
		const again = () => intake.read(ownerId, { pileId }, mapping);
		return Object.assign(again, { letGo: () => intake.drop(ownerId, { pileId }) });
	};
	const [ann, bob, cy] = [await look('ann'), await look('bob'), await look('cy')];
	expect(read).toHaveLength(3);
	await cy();
	await bob();
	expect(read).toHaveLength(3);
	await ann();
	expect(read).toHaveLength(4);
	await cy();
	expect(read).toHaveLength(4);
	await bob();
	expect(read).toHaveLength(5);
	bob.letGo();
	await expect(bob()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('tells how many files are read while they are, and reads no further when nobody listens', async () => {
	const { intake, read, letGo } = openIntake({ isHeld: true });
	for await (const step of intake.previewFiles('ann', await intake.piles.add('ann', null, files))) {
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
		data: { column: 'question', reason: 'tooManyQuestions', found: 201, limit: 200 },
	});
});

test('names the classes of a table, the largest first, and what its headings ask', async () => {
	const { intake } = openIntake();
	const text = 'id,class,Q1. Why are leaves green? (4 points)\n1,5A,x\n2,5B,y\n3,5B,z\n';
	const { classes, questions, studentCount } = await intake.preview({ input: { text } });
	expect([classes, studentCount]).toEqual([['5B', '5A'], 3]);
	expect(questions).toMatchObject([{ text: 'Why are leaves green?', points: 4 }]);
});

test('the archive that Moodle gives out is read as a folder, also when it came in parts, and one under another kind of file is not', async () => {
	const { intake } = openIntake();
	const zip = zipSync({
		'Ada Lovelace_12_assignsubmission_file_/essay.txt': Buffer.from('Light is a wave.'),
		'Ada Lovelace_12_assignsubmission_file_/more.txt': Buffer.from('And a particle.'),
		'Bo_13_assignsubmission_onlinetext_/onlinetext.html': Buffer.from('<p>Light shines.</p>'),
	});
	const part = (from: number, to: number, continues: boolean): SentFile => ({ fileName: 'Essay.zip', file: new Blob([zip.slice(from, to)]), continues });
	const pileId = await intake.piles.add('ann', null, [part(0, 100, false)]);
	await intake.piles.add('ann', pileId, [part(100, 200, true)]);
	await intake.piles.add('ann', pileId, [part(200, zip.length, true)]);
	const preview = last(await Array.fromAsync(intake.previewFiles('ann', pileId))) ?? expect.fail();
	expect([preview.rowCount, preview.studentCount, preview.sample.map((cells) => cells.slice(1))]).toEqual([
		3,
		2,
		[
			['12', 'Ada Lovelace', 'Light is a wave.\n\nAnd a particle.'],
			['13', 'Bo', 'Light shines.'],
		],
	]);
	await expect(intake.piles.add('ann', null, [{ ...file('a.txt'), continues: true }])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	const two = await intake.piles.add('ann', null, [part(0, zip.length, false), file('0014 Cy.txt')]);
	expect(await intake.piles.archive('ann', two)).toBeNull();
});
