import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHeader } from './encodeHeader.ts';
import { BeginningEnded, Refusal } from './HeaderCursor.ts';
import { adapterDraft, encodeDraft, malformedFiles, projectorDraft, splitDrafts, tinyDraft } from './malformed.test-support.ts';
import { readBeginning } from './readBeginning.ts';
import { usualLimits } from './readGguf.ts';

const view = (beginning: Uint8Array, fileBytes: number) => readBeginning(beginning, fileBytes, usualLimits);
const file = encodeDraft(tinyDraft());
const tokensAt = file.indexOf('tokenizer.ggml.tokens');
const exact = view(file, file.length).facts;

test('tells all there is to tell where the whole header is there', () => {
	const headerBytes = file.length - 71_040;
	expect(view(file.subarray(0, headerBytes), file.length)).toEqual({ kind: 'model', facts: exact, exact: true, needBytes: null });
});

test('tells the shape, and estimates the sizes from that of the file, where the beginning ends among the tokens', () => {
	const found = view(file.subarray(0, tokensAt + 200), file.length);
	expect(found).toMatchObject({ kind: 'model', exact: false, facts: { blockCount: 1, vocabularySize: 264, headCountKv: 1, fileBytes: file.length } });
	const { tensorBytes = 0, layerBytes = [], outputBytes = 0, parameters = 0 } = found.facts ?? {};
	// The norms are not counted.
	expect(parameters).toBe(17_760 - 3 * 32);
	expect(layerBytes.reduce((sum, bytes) => sum + bytes, outputBytes)).toBe(tensorBytes);
	expect(tensorBytes / (exact?.tensorBytes ?? 0)).toBeGreaterThan(1);
	expect(tensorBytes / (exact?.tensorBytes ?? 0)).toBeLessThan(1.2);
});

test('asks for more where the shape is not there yet', () => {
	for (const length of [0, 10, 30, 100, tokensAt - 1]) {
		const found = view(file.subarray(0, length), file.length);
		expect(found).toMatchObject({ kind: 'model', facts: null, exact: false });
		expect(found.needBytes).toBeGreaterThan(length);
		expect(found.needBytes).toBeLessThanOrEqual(file.length);
	}
});

test('leads to the whole header by what it asks for', () => {
	let length = 64;
	for (let reads = 0; reads < 12; reads++) length = view(file.subarray(0, length), file.length).needBytes ?? length;
	expect(view(file.subarray(0, length), file.length).exact).toBe(true);
});

test('tells the kinds that are no models, and the first part of a split one', () => {
	const of = (bytes: Buffer, length: number) => {
		const { kind, facts } = view(bytes.subarray(0, length), bytes.length);
		return [kind, facts?.architecture, facts?.split?.parts];
	};
	const [first] = splitDrafts(3).map(encodeDraft);
	expect([of(encodeDraft(adapterDraft()), 400), of(encodeDraft(projectorDraft()), 260), of(first ?? file, 30_000)]).toEqual([
		['adapter', 'llama', undefined],
		['projector', 'clip', undefined],
		['model', 'llama', 3],
	]);
});

test('counts all experts of a model that has them', () => {
	const draft = tinyDraft();
	draft.metadata = { 'llama.expert_count': { type: 'uint32', value: 8 }, 'llama.expert_used_count': { type: 'uint32', value: 2 }, ...draft.metadata };
	const bytes = encodeDraft(draft);
	const found = view(bytes.subarray(0, bytes.indexOf('tokenizer.ggml.tokens') + 100), bytes.length);
	expect(found.facts?.parameters).toBe(264 * 32 + 3 * 32 * 32 + 8 * 3 * 32 * 64);
});

describe('M2 refuses from the beginning of it', () => {
	test.each(malformedFiles().filter(({ bytes }) => bytes.length > 0))('$kind, as the whole file is refused', ({ bytes, says }) => {
		expect(() => view(bytes, bytes.length)).toThrow(expect.objectContaining({ name: 'Refusal', message: expect.stringMatching(says) }));
	});
});

test('M2 takes a whole beginning that is cut anywhere for cut and not for damaged', () => {
	fc.assert(fc.property(fc.nat(file.length), (length) => void view(file.subarray(0, length), file.length)));
});

test('M2 answers nothing but a view or a refusal to damaged beginnings', () => {
	const headerBytes = encodeHeader(tinyDraft().metadata, [], 32).length + 800;
	const flips = fc.array(fc.tuple(fc.nat(headerBytes - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(flips, fc.nat(headerBytes), fc.nat(2 ** 40), (bytes, cut, fileBytes) => {
			const damaged = Buffer.from(file.subarray(0, cut));
			for (const [at, value] of bytes) if (at < cut) damaged[at] = value;
			try {
				view(damaged, fileBytes);
			} catch (error) {
				expect(error).toBeInstanceOf(Refusal);
				expect(error).not.toBeInstanceOf(BeginningEnded);
			}
		}),
		{ numRuns: 1000 },
	);
});
