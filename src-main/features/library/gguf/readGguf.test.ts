import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { writeTestModel } from '../testModel.ts';
import { encodeHeader } from './encodeHeader.ts';
import { adapterDraft, type Draft, encodeDraft, malformedFiles, projectorDraft, splitDrafts, tinyDraft } from './malformed.test-support.ts';
import { readGguf } from './readGguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function store(name: string, bytes: Uint8Array): string {
	const file = join(folder, name);
	writeFileSync(file, bytes);
	return file;
}

/** The kind of fault and the sentence that refuse a file, as `kind: sentence`; a file that is taken, or anything else that is thrown, fails the test. */
function reasonAgainst(file: string | string[]): string {
	try {
		readGguf(file);
	} catch (error) {
		if (isFailure(error, 'MODEL_FILE_INVALID')) return `${error.data.kind}: ${error.data.detail}`;
		throw error;
	}
	throw new Error('the file was taken');
}

test('reads what a model is from its header alone', () => {
	const { chatTemplate, ...facts } = readGguf(store('tiny.gguf', encodeDraft(tinyDraft())));
	expect({ chatTemplate, ...facts }).toEqual({
		kind: 'model',
		split: null,
		adapter: null,
		architecture: 'llama',
		name: 'Tiny',
		license: null,
		sizeLabel: null,
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

test('reads the licence and the size that a file names', () => {
	const draft = tinyDraft();
	draft.metadata['general.license'] = { type: 'string', value: ' apache-2.0 ' };
	draft.metadata['general.size_label'] = { type: 'string', value: '17K' };
	expect(readGguf(store('named.gguf', encodeDraft(draft)))).toMatchObject({ license: 'apache-2.0', sizeLabel: '17K' });
});

test('tells a LoRA adapter, with its alpha, its rank and what it was made for', () => {
	expect(readGguf(store('lora.gguf', encodeDraft(adapterDraft())))).toMatchObject({
		kind: 'adapter',
		architecture: 'llama',
		name: 'Tiny manners',
		adapter: { alpha: 8, rank: 4, baseName: 'Tiny' },
		parameters: 32 * 4 + 4 * 32 + 32 * 4 + 4 * 64,
		blockCount: 0,
		vocabularySize: 0,
	});
});

test('tells the picture part of a model, also one of before the files named their type', () => {
	const old = projectorDraft();
	delete old.metadata['general.type'];
	for (const draft of [projectorDraft(), old])
		expect(readGguf(store('mmproj.gguf', encodeDraft(draft)))).toMatchObject({ kind: 'projector', architecture: 'clip', quantization: 'F16', adapter: null });
});

describe('of a split model', () => {
	const storeParts = (drafts: Draft[]) => drafts.map((draft, i) => store(`parts-${i}.gguf`, encodeDraft(draft)));

	test('reads one part as what it is', () => {
		const [first = '', , third = ''] = storeParts(splitDrafts(3));
		expect(readGguf(first)).toMatchObject({ kind: 'model', architecture: 'llama', blockCount: 1, split: { part: 1, parts: 3, tensors: 11 } });
		expect(readGguf(third)).toMatchObject({ kind: 'model', architecture: '', blockCount: 0, split: { part: 3, parts: 3, tensors: 11 } });
	});

	test('adds all parts up to what the whole model is', () => {
		const whole = readGguf(store('whole.gguf', encodeDraft(tinyDraft())));
		const paths = storeParts(splitDrafts(3));
		const { split, fileBytes, ...facts } = readGguf(paths);
		const { split: none, fileBytes: wholeBytes, ...wholeFacts } = whole;
		expect(facts).toEqual(wholeFacts);
		expect([split, none]).toEqual([{ part: 1, parts: 3, tensors: 11 }, null]);
		expect(fileBytes).toBeGreaterThan(wholeBytes);
	});

	test('reads a first part that holds the metadata alone', () => {
		const [first, ...others] = splitDrafts(2);
		const parts = [
			{ ...tinyDraft(), metadata: first?.metadata ?? {}, tensors: [] },
			{ ...tinyDraft(), metadata: others[0]?.metadata ?? {} },
		];
		expect(readGguf(storeParts(parts))).toMatchObject({ parameters: 17_760, blockCount: 1 });
	});

	test.each<[string, RegExp, (drafts: Draft[]) => Draft[]]>([
		['a part missing', /one of 3 parts, and there are 2 files/, (drafts) => drafts.slice(0, 2)],
		['parts in another order', /File 2 is part 3/, ([a, b, c]) => [a, c, b].filter((draft) => draft !== undefined)],
		['a whole model among the parts', /File 2 of 3 is not a part/, ([a, , c]) => [a, tinyDraft(), c].filter((draft) => draft !== undefined)],
		[
			'a tensor in two parts',
			/“token_embd.weight” is in two parts/,
			(drafts) => {
				drafts[1]?.tensors.push({ name: 'token_embd.weight', dims: [32], typeId: 0 });
				return drafts;
			},
		],
		[
			'a tensor too few',
			/hold 10 tensors, and it should have 11/,
			(drafts) => {
				drafts[2]?.tensors.pop();
				return drafts;
			},
		],
		[
			'a part of another model',
			/Part 2 belongs to another model/,
			(drafts) => {
				if (drafts[1]) drafts[1].metadata['general.architecture'] = { type: 'string', value: 'qwen2' };
				return drafts;
			},
		],
		[
			'a part with another count',
			/Part 3 belongs to another model/,
			(drafts) => {
				if (drafts[2]) drafts[2].metadata['split.tensors.count'] = { type: 'int32', value: 12 };
				return drafts;
			},
		],
	])('M2 refuses %s', (_, says, spoil) => {
		expect(reasonAgainst(storeParts(spoil(splitDrafts(3))))).toMatch(says);
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
		expect(reasonAgainst(file)).toMatch(/^(cutOff|empty): /);
	}
});

test('M2 refuses a header beyond 64 MiB, and reads no more than it may', () => {
	const long = tinyDraft();
	long.metadata['padding.bytes'] = { type: 'array', of: 'uint8', values: [] };
	const header = encodeHeader(long.metadata, [], 32);
	header.writeBigUInt64LE(65n * 2n ** 20n, header.indexOf('padding.bytes') + 13 + 4 + 4);
	const file = store('long.gguf', header);
	truncateSync(file, 80 * 2 ** 20);
	expect(reasonAgainst(file)).toMatch(/^tooLong: .*longer than 64 MiB/);
});

test('M2 gives up on a file that takes longer than it may', () => {
	const file = store('slow.gguf', encodeDraft(tinyDraft()));
	expect(() => readGguf(file, { bytes: 2 ** 20, milliseconds: -1 })).toThrow(
		expect.objectContaining({ data: expect.objectContaining({ kind: 'tooLong', detail: expect.stringMatching(/took longer/) }) }),
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

test('M2 tells the kinds of fault apart, as people are told them', () => {
	const kinds = new Map(malformedFiles().map(({ kind, bytes }) => [kind, reasonAgainst(store('fault.gguf', bytes)).split(':')[0]]));
	const told = [
		'an empty file',
		'3 bytes',
		'a text renamed',
		'a ZIP archive',
		'version 99',
		'a big-endian file',
		'a string that runs past the end',
		'a key twice',
		'no heads',
		'an unknown tensor type',
		'an importance matrix',
		'no tokenizer',
		'an adapter that is no LoRA',
	].map((kind) => kinds.get(kind));
	expect(told).toEqual([
		'empty',
		'cutOff',
		'notGguf',
		'notGguf',
		'otherVersion',
		'bigEndian',
		'cutOff',
		'damaged',
		'impossible',
		'unsupported',
		'noModel',
		'noModel',
		'unsupported',
	]);
	expect(reasonAgainst(store('short.gguf', Buffer.from('Shopping for Monday')))).toMatch(/^notGguf: /);
	const [first, second] = splitDrafts(2).map((draft, i) => store(`part-${i}.gguf`, encodeDraft(draft)));
	expect(reasonAgainst([second ?? '', first ?? ''])).toMatch(/^partsDiffer: /);
});
