import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { writeTestModel } from '../testModel.ts';
import { encodeHeader } from './encodeHeader.ts';
import { encodeDraft, malformedFiles, tinyDraft } from './malformed.test-support.ts';
import { readGguf } from './readGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function store(name: string, bytes: Uint8Array): string {
	const file = join(folder, name);
	writeFileSync(file, bytes);
	return file;
}

/** The sentence that refuses a file; a file that is taken, or anything else that is thrown, fails the test. */
function reasonAgainst(file: string): string {
	try {
		readGguf(file);
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) return error.data.reason;
		throw error;
	}
	throw new Error('the file was taken');
}

test('reads what a model is from its header alone', () => {
	const { chatTemplate, ...facts } = readGguf(store('tiny.gguf', encodeDraft(tinyDraft())));
	expect({ chatTemplate, ...facts }).toEqual({
		architecture: 'llama',
		name: 'Tiny',
		blockCount: 1,
		contextTokens: 512,
		embeddingLength: 32,
		feedForwardLength: 64,
		headCount: 2,
		headCountKv: 1,
		headCountKvByBlock: [1],
		keyLength: 16,
		valueLength: 16,
		slidingWindow: null,
		vocabularySize: 264,
		chatTemplate: null,
		fileBytes: facts.fileBytes,
		quantization: 'F32',
		parameters: 264 * 32 + 32 + (2 * 32 + 3 * 32 * 32 + 3 * 32 * 64),
		tensorBytes: (264 * 32 + 32 + (2 * 32 + 3 * 32 * 32 + 3 * 32 * 64)) * 4,
		layerBytes: [(2 * 32 + 3 * 32 * 32 + 3 * 32 * 64) * 4],
		outputBytes: (264 * 32 + 32) * 4,
	});
});

describe('M2 refuses, with a sentence that names the cause,', () => {
	test.each(malformedFiles())('$kind', ({ kind, bytes, says }) => {
		expect(reasonAgainst(store(`${kind.replace(/\W+/g, '-')}.gguf`, bytes))).toMatch(says);
	});
});

test('M2 refuses a model that is cut off anywhere', async () => {
	const file = join(folder, 'cut.gguf');
	await writeTestModel(file);
	const { fileBytes } = readGguf(file);
	const cuts = Array.from({ length: 60 }, (_, i) => Math.floor(((fileBytes - 1) * (60 - i)) / 60));
	for (const cut of cuts) {
		truncateSync(file, cut);
		expect(reasonAgainst(file)).toMatch(/cut off|damaged|only \d+ bytes|is empty|shorter/);
	}
});

test('M2 refuses a header beyond 64 MiB, and reads no more than it may', () => {
	const long = tinyDraft();
	long.metadata['padding.bytes'] = { type: 'array', of: 'uint8', values: [] };
	const header = encodeHeader(long.metadata, [], 32);
	header.writeBigUInt64LE(65n * 2n ** 20n, header.indexOf('padding.bytes') + 13 + 4 + 4);
	const file = store('long.gguf', header);
	truncateSync(file, 80 * 2 ** 20);
	expect(reasonAgainst(file)).toMatch(/longer than 64 MiB/);
});

test('M2 gives up on a file that takes longer than it may', () => {
	const file = store('slow.gguf', encodeDraft(tinyDraft()));
	expect(() => readGguf(file, { bytes: 2 ** 20, milliseconds: -1 })).toThrow(
		expect.objectContaining({ data: expect.objectContaining({ reason: expect.stringMatching(/took longer/) }) }),
	);
});

test('M2 answers nothing but a refusal to damaged headers, whatever the damage', () => {
	const valid = encodeDraft(tinyDraft());
	const headerBytes = encodeHeader(tinyDraft().metadata, [], 32).length + 800;
	const file = join(folder, 'damaged.gguf');
	const flips = fc.array(fc.tuple(fc.nat(headerBytes - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(flips, fc.option(fc.nat(valid.length)), (bytes, cut) => {
			const damaged = Buffer.from(valid);
			for (const [at, value] of bytes) damaged[at] = value;
			writeFileSync(file, cut === null ? damaged : damaged.subarray(0, cut));
			try {
				readGguf(file);
			} catch (error) {
				if (!isFailure(error, 'MODEL_FILE_INVALID')) throw error;
			}
		}),
		{ numRuns: process.env.HOMEROOM_SOAK ? 20_000 : 1000 },
	);
});

test('M2 keeps little of a header made of many small strings', () => {
	const draft = tinyDraft();
	const tokens = Array.from({ length: 400_000 }, (_, id) => `t${id}`);
	draft.metadata['tokenizer.ggml.merges'] = { type: 'array', of: 'string', values: tokens };
	const file = store('merges.gguf', encodeDraft(draft));
	readGguf(file);
	const before = process.memoryUsage().rss;
	for (let i = 0; i < 10; i++) readGguf(file);
	expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
});

test('tells a missing file, a folder and a device from a bad model', () => {
	const codeOf = (path: string) => {
		try {
			readGguf(path);
			return 'taken';
		} catch (error) {
			return isFailure(error) ? error.code : String(error);
		}
	};
	expect([join(folder, 'nobody.gguf'), folder, '/dev/null'].map(codeOf)).toEqual(['FILE_NOT_FOUND', 'FILE_NOT_ALLOWED', 'FILE_NOT_ALLOWED']);
});

test.each([
	['a file type', { 'general.file_type': { type: 'uint32', value: 15 } } as const, 'Q4_K_M'],
	['no file type, by most of its bytes', {}, 'F32'],
	['a file type nobody knows, by most of its bytes', { 'general.file_type': { type: 'uint32', value: 999 } } as const, 'F32'],
])('names the quantization of a file with %s', (_, metadata, quantization) => {
	const draft = tinyDraft();
	Object.assign(draft.metadata, metadata);
	expect(readGguf(store('named.gguf', encodeDraft(draft))).quantization).toBe(quantization);
});
