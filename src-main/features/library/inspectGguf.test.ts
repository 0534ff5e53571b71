import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { encodeDraft, malformedFiles, splitDrafts, tinyDraft } from './gguf/malformed.test-support.ts';
import { readBeginning } from './gguf/readBeginning.ts';
import { readGguf, usualLimits } from './gguf/readGguf.ts';
import { inspectGguf, inspectHeader } from './inspectGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));
const worker = join(import.meta.dirname, 'inspectWorker.ts');

const answerOf = (path: string) =>
	inspectGguf(path, worker).then(
		() => 'taken',
		(error) => (isFailure(error) ? { code: error.code, data: error.data } : error),
	);

test('tells from its own thread what the reader tells', async () => {
	const file = join(folder, 'tiny.gguf');
	writeFileSync(file, encodeDraft(tinyDraft()));
	expect(await inspectGguf(file, worker)).toEqual(readGguf(file));
});

test('tells of all parts of a split model together, and of the first bytes of a file that is not here', async () => {
	const parts = splitDrafts(3).map((draft, i) => {
		const part = join(folder, `split-${i}.gguf`);
		writeFileSync(part, encodeDraft(draft));
		return part;
	});
	expect(await inspectGguf(parts, worker)).toEqual(readGguf(parts));
	const bytes = encodeDraft(tinyDraft());
	for (const length of [20, 3000, bytes.length])
		expect(await inspectHeader(bytes.subarray(0, length), { fileBytes: bytes.length, fileName: 'far.gguf' }, worker)).toEqual(
			readBeginning(bytes.subarray(0, length), bytes.length, usualLimits),
		);
	await expect(inspectHeader(Buffer.from('<!doctype html><title>Sign in</title>'), { fileBytes: 4e9, fileName: 'far.gguf' }, worker)).rejects.toMatchObject({
		code: 'MODEL_FILE_INVALID',
		data: { fileName: 'far.gguf', kind: 'notGguf', detail: expect.stringContaining('does not begin with the letters GGUF') },
	});
});

test('passes on every kind of refusal with its code and data', async () => {
	const cut = join(folder, 'cut.gguf');
	writeFileSync(cut, encodeDraft(tinyDraft()));
	truncateSync(cut, 5000);
	expect(await Promise.all([cut, join(folder, 'nobody.gguf'), folder].map(answerOf))).toEqual([
		{ code: 'MODEL_FILE_INVALID', data: { fileName: 'cut.gguf', kind: 'cutOff', detail: expect.stringContaining('cut off or damaged') } },
		{ code: 'FILE_NOT_FOUND', data: { path: join(folder, 'nobody.gguf') } },
		{ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } },
	]);
});

test.skipIf(process.platform === 'win32')('is not held up by a named pipe that nobody writes to', async () => {
	const pipe = join(folder, 'pipe.gguf');
	execFileSync('mkfifo', [pipe]);
	expect(await answerOf(pipe)).toEqual({ code: 'FILE_NOT_ALLOWED', data: { reason: 'notAFile' } });
});

test('M2 refuses a header that fills the memory it may have, and the app keeps its own', async () => {
	const draft = tinyDraft();
	const file = join(folder, 'many.gguf');
	draft.metadata['tokenizer.ggml.tokens'] = { type: 'array', of: 'string', values: Array.from({ length: 2 ** 20 }, (_, id) => `${id}`.padStart(40)) };
	writeFileSync(file, encodeDraft(draft));
	const before = process.memoryUsage().heapUsed;
	expect(await answerOf(file)).toMatchObject({ code: 'MODEL_FILE_INVALID' });
	expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 * 2 ** 20);
});

test('M1 lives through all malformed files, one after another', async () => {
	const file = join(folder, 'malformed.gguf');
	for (const { bytes } of malformedFiles().filter((_, i) => i % 8 === 0)) {
		writeFileSync(file, bytes);
		expect(await answerOf(file)).toMatchObject({ code: 'MODEL_FILE_INVALID' });
	}
});
