import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type ChatWrapper, getLlama, type Llama, LlamaChatSession, type LlamaContextSequence, type LlamaModel, resolveChatWrapper } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTestModel } from './testModel.ts';

const folder = mkdtempSync(join(tmpdir(), 'homeroom-test-model-'));
let llama: Llama;
let model: LlamaModel;
let sequence: LlamaContextSequence;
let chatWrapper: ChatWrapper;

beforeAll(async () => {
	const modelPath = join(folder, 'test.gguf');
	await writeTestModel(modelPath);
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1 });
	model = await llama.loadModel({ modelPath });
	sequence = (await model.createContext({ contextSize: 2048, threads: 1 })).getSequence();
	chatWrapper = resolveChatWrapper(model);
});
afterAll(async () => {
	await llama.dispose();
	rmSync(folder, { recursive: true });
});

async function ask(question: string, seed: number, grammar?: Awaited<ReturnType<typeof jsonGrammar>>) {
	const session = new LlamaChatSession({ contextSequence: sequence, chatWrapper, systemPrompt: 'You help teachers.', autoDisposeSequence: false });
	const sampling = { temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, seed, maxTokens: 1500, repeatPenalty: { penalty: 1.1 } };
	const answer = await session.promptWithMeta(question, grammar ? { ...sampling, grammar } : sampling);
	session.dispose({ disposeSequence: false });
	return answer;
}

function jsonGrammar() {
	return llama.createGrammarForJsonSchema({
		type: 'object',
		properties: { score: { type: 'integer' }, feedback: { type: 'string' }, suggestions: { type: 'array', items: { type: 'string' }, maxItems: 4 } },
	} as const);
}

test('the test model takes in any text and gives it back', () => {
	// The tokenizer writes a space as ▁, so that one character comes back as a space.
	const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => value.isWellFormed() && !value.includes('▁'));
	fc.assert(
		fc.property(text, (value) => {
			expect(model.detokenize(model.tokenize(value))).toBe(value);
		}),
		{ numRuns: 500, examples: [['学生 question, 是什么？\n\n\tTwo  spaces '], ['👩‍👩‍👧 𒀀 ا ᚠ'], ['<|im_end|><0x0A></s>'], [' lead']] },
	);
});

test('the test model says words in the language of the question, and ends', async () => {
	for (let seed = 0; seed < 5; seed++) {
		const english = await ask('What is a good story?', seed);
		const chinese = await ask('请说明一下这个问题的原因。', seed);
		expect([english.stopReason, chinese.stopReason]).toEqual(['eogToken', 'eogToken']);
		expect(english.responseText).toMatch(/^[ a-z.,"]+$/);
		expect(chinese.responseText).toMatch(/^[\p{sc=Han}，。、,."“”‘’：；！？（）《》…—·]+$/u);
	}
});

test('the test model fills a grammar with well-formed JSON of words', async () => {
	const grammar = await jsonGrammar();
	for (let seed = 0; seed < 5; seed++) {
		const { responseText } = await ask('Mark this answer: the sun is hot.', seed, grammar);
		const answer = grammar.parse(responseText);
		expect(answer).toEqual({ score: expect.any(Number), feedback: expect.stringMatching(/[a-z]{2}/), suggestions: expect.any(Array) });
	}
});
