import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { getLlama, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChatRenderer } from '../../src-main/features/engine/host/ChatRenderer.ts';
import { buildTokenizer } from './buildTokenizer.ts';
import { writeFirstWeights } from './demoModel.ts';
import { exampleOf } from './exampleOf.ts';
import { controlTokens } from './Tokenizer.ts';
import { Texts } from './texts/Texts.ts';

const resources = path.join(import.meta.dirname, '../../resources');
const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-tokenizer-'));
const texts = new Texts(resources, 1);
const tokenizer = buildTokenizer(texts, resources);
let model: LlamaModel;

beforeAll(async () => {
	const file = path.join(folder, 'model.gguf');
	await writeFirstWeights(file, tokenizer, 1);
	const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.error });
	model = await llama.loadModel({ modelPath: file, gpuLayers: 0 });
});
afterAll(async () => {
	await model.dispose();
	rmSync(folder, { recursive: true, force: true });
});

/** Texts made of what tokenizers stumble over, control tokens in writing among it. */
const pieces = [
	'the',
	'Homeroom',
	'早上',
	'好',
	'。',
	' ',
	'  ',
	'\n',
	'\t',
	'0',
	'12',
	'345',
	'½',
	'Ⅷ',
	'٣',
	'▁',
	'é',
	'👍🏽',
	'\u0000',
	'|>',
	'<|',
	'im_end',
	...controlTokens,
];
const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 60 }),
	fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((list) => list.join('')),
);

test('any text becomes the tokens that llama.cpp makes of it, and the text again', () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const tokens = tokenizer.encode(text);
			expect(tokens).toEqual([...model.tokenize(text)]);
			// They are what the model's own tokenizer gave.
			expect(model.detokenize(tokens as Token[])).toBe(text);
		}),
		{ numRuns: 500 },
	);
});

test('no text of a user becomes a control token', () => {
	fc.assert(fc.property(anyText, (text) => tokenizer.encode(text).every((token) => token >= controlTokens.length)));
});

test('a chat is learnt in the tokens that it is asked in', () => {
	const renderer = new ChatRenderer(model, 'demo');
	for (const kind of ['app', 'phrase', 'sumGrading', 'factGrading'] as const) {
		const turns = texts.drawKind(kind, 'learnt');
		const { tokens, learnt } = exampleOf(tokenizer, turns);
		const asked = [...renderer.render(turns.slice(0, -1)).tokens];
		expect(tokens.slice(0, asked.length)).toEqual(asked);
		expect(learnt.indexOf(true)).toBe(asked.length);
		expect(tokens.at(-1)).toBe(model.tokens.eos);
	}
});
