import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type LlamaContextSequence, LlamaGrammarEvaluationState, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTestModel } from '../../library/testModel.ts';
import { cheapenConfidence } from './cheapenConfidence.ts';

let folder: string;
let model: LlamaModel;
let own: LlamaContextSequence;
let cheap: LlamaContextSequence;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-confidence-'));
	const file = join(folder, 'test.gguf');
	await writeTestModel(file, { seed: 3 });
	const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 0 });
	model = await llama.loadModel({ modelPath: file });
	const open = () => model.createContext({ contextSize: 512, sequences: 2, threads: 1 });
	own = (await open()).getSequence();
	const context = await open();
	cheapenConfidence(context, model);
	cheap = context.getSequence();
}, 60_000);
afterAll(async () => {
	await model.dispose();
	await rm(folder, { recursive: true });
});

type Options = Parameters<LlamaContextSequence['evaluateWithMetadata']>[2];

async function draw(sequence: LlamaContextSequence, options: Options = {}, confidence = true) {
	await sequence.clearHistory();
	const [tokens, confidences]: [number[], number[]] = [[], []];
	const drawn: AsyncIterable<{ token: number; confidence?: number }> = sequence.evaluateWithMetadata(
		model.tokenize('Where have you been all night?'),
		{ confidence },
		options,
	);
	for await (const next of drawn) {
		tokens.push(next.token);
		confidences.push(next.confidence ?? Number.NaN);
		if (tokens.length === 30) break;
	}
	return { tokens, confidences };
}

test('where nothing but the model decides, a token is as likely as node-llama-cpp itself says', async () => {
	const [theirs, ours] = [await draw(own), await draw(cheap)];
	expect(ours.tokens).toEqual(theirs.tokens);
	for (const [at, confidence] of ours.confidences.entries()) expect(confidence).toBeCloseTo(theirs.confidences[at] ?? Number.NaN, 4);
});

test('under a grammar and at a temperature the tokens are those that are drawn without it, each as likely as the model alone has it', async () => {
	const grammar = await model.llama.createGrammarForJsonSchema({ type: 'array', items: { type: 'string', minLength: 20 }, minItems: 2 });
	const options = () => ({ temperature: 0.7, topK: 40, seed: 5, grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) });
	const [unasked, theirs, ours] = [await draw(own, options(), false), await draw(own, options()), await draw(cheap, options())];
	expect(ours.tokens).toEqual(unasked.tokens);
	expect(ours.confidences.every((confidence) => confidence > 0 && confidence <= 1)).toBe(true);
	// The bracket that a grammar begins with is all that this leaves, and nothing that the model would say by itself.
	expect([theirs.confidences[0], (ours.confidences[0] ?? 1) < 0.1]).toEqual([1, true]);
});
