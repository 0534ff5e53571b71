import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualAdamW } from './AdamW.ts';
import { targets } from './Adapter.ts';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import { type Example, makeRow } from './Row.ts';
import { readBase } from './readBase.ts';
import { Trainer } from './Trainer.ts';
import { meanOf, type RunSettings, TrainingRun } from './TrainingRun.ts';
import { writeAdapter } from './writeAdapter.ts';
import { testGgml, writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-run-'));
const modelPath = path.join(folder, 'model.gguf');
const adapterPath = path.join(folder, 'adapter.gguf');
let llama: Llama;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runSettings: RunSettings = {
	epochs: 12,
	rowsPerStep: 2,
	mostTokens: 64,
	packing: true,
	seed: 3,
	learningRate: 1e-2,
	warmUpFraction: 0.1,
	lastRateFraction: 0.1,
	optimizer: { ...usualAdamW, weightDecay: 0.01 },
};

/** Questions of random tokens, each with an answer that follows from them by a rule: the same tokens, each 20 further on. */
function ruleExamples(count: number, start: number): Example[] {
	return Array.from({ length: count }, (_, number) => {
		const question = Array.from({ length: 5 }, (_, i) => 20 + ((start + number * 37 + i * i * 11 + number * i * 17) % 120));
		const answer = question.map((token) => token + 20);
		return { tokens: [4, ...question, 5, ...answer, 6], learnt: [4, ...question, 5, ...answer, 6].map((_, i) => i > 6) };
	});
}

function openTrainer(rank = 8): Trainer {
	return new Trainer(testGgml, readBase(modelPath), {
		adapter: { rank, alpha: 16, targets, seed: 1 },
		threads: 1,
		mostTokens: runSettings.mostTokens,
		rowsAtOnce: 2,
	});
}

/** The mean loss of examples as llama.cpp computes it with an adapter. */
async function theirLoss(examples: readonly Example[]): Promise<number> {
	const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
	try {
		let [sum, count] = [0, 0];
		const context = await model.createContext({ contextSize: 64, threads: 1, flashAttention: false, lora: adapterPath });
		const sequence = context.getSequence();
		for (const { tokens, learnt } of examples) {
			await sequence.clearHistory();
			// The numbers are tokens of the model's vocabulary.
			const input = tokens.map((token): [Token, { generateNext: { logits: true } }] => [token as Token, { generateNext: { logits: true } }]);
			const results = await sequence.controlledEvaluate(input);
			for (const [i, result] of results.entries()) {
				if (!learnt[i + 1]) continue;
				const logits = result?.next.logits ?? new Map<Token, number>();
				const most = Math.max(...logits.values());
				const all = [...logits.values()].reduce((total, logit) => total + Math.exp(logit - most), 0);
				// As above.
				sum += Math.log(all) + most - (logits.get(tokens[i + 1] as Token) ?? 0);
				count++;
			}
		}
		return sum / count;
	} finally {
		await model.dispose();
	}
}

test.each(['F32', 'Q8_0', 'Q4_0', 'Q4_K'])('an adapter on %s weights learns, and llama.cpp finds the loss that the trainer found', async (type) => {
	writeArchitectureModel(modelPath, { type, layers: 2 });
	const trainer = openTrainer();
	try {
		const run = new TrainingRun(trainer, ruleExamples(60, 0), runSettings);
		const losses: number[] = [];
		while (!run.done) losses.push(run.step().loss);
		const unseen = ruleExamples(10, 5);
		const ours = meanOf(trainer.evaluate(unseen.map((example) => makeRow([example]))));
		await writeAdapter(adapterPath, trainer.adapter, trainer.base, 'rule');
		const theirs = await theirLoss(unseen);
		expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 4);
		expect(Math.abs(ours - theirs) / theirs).toBeLessThan(0.02);
	} finally {
		trainer.close();
	}
});

test('a run that stopped anywhere goes on as if it had not', async () => {
	writeArchitectureModel(modelPath, { layers: 1, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96 });
	const examples = ruleExamples(30, 0);
	const whole = openTrainer(2);
	const straight = new TrainingRun(whole, examples, { ...runSettings, epochs: 3 });
	const expected: number[] = [];
	while (!straight.done) expected.push(straight.step().loss);
	whole.close();

	const checkpoint = path.join(folder, 'checkpoint');
	const losses: number[] = [];
	for (const steps of [1, 4, 2, 7, 100]) {
		const trainer = openTrainer(2);
		const run = new TrainingRun(trainer, examples, { ...runSettings, epochs: 3 });
		if (losses.length > 0) await resumeFrom(checkpoint, run);
		for (let step = 0; step < steps && !run.done; step++) losses.push(run.step().loss);
		await writeCheckpoint(checkpoint, run);
		trainer.close();
	}
	expect(losses).toEqual(expected);
});

test('a checkpoint that is damaged, cut off or of another run is refused, and nothing changes', async () => {
	writeArchitectureModel(modelPath, { layers: 1, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96 });
	const checkpoint = path.join(folder, 'checkpoint');
	const trainer = openTrainer(2);
	try {
		const run = new TrainingRun(trainer, ruleExamples(30, 0), runSettings);
		run.step();
		await writeCheckpoint(checkpoint, run);
		const content = readFileSync(checkpoint);
		const values = trainer.adapter.parameters.map((parameter) => parameter.values.slice());
		const flipped = Buffer.from(content);
		flipped[flipped.length - 5] = (flipped[flipped.length - 5] ?? 0) ^ 1;
		for (const bad of [content.subarray(0, content.length - 4), flipped, Buffer.from('no checkpoint'), Buffer.alloc(0)]) {
			writeFileSync(checkpoint, bad);
			await expect(resumeFrom(checkpoint, run)).rejects.toMatchObject({ kind: 'badCheckpoint' });
		}
		writeFileSync(checkpoint, content);
		const other = new TrainingRun(trainer, ruleExamples(30, 1), runSettings);
		await expect(resumeFrom(checkpoint, other)).rejects.toMatchObject({ kind: 'badCheckpoint' });
		expect(trainer.adapter.parameters.map((parameter) => parameter.values)).toEqual(values);
	} finally {
		trainer.close();
	}
});
