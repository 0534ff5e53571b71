import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import { RandomStream } from './RandomStream.ts';
import { type Example, makeRow } from './Row.ts';
import { openTestTrainer, ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { meanOf, TrainingRun } from './TrainingRun.ts';
import { writeAdapter } from './writeAdapter.ts';
import { writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-run-'));
const modelPath = path.join(folder, 'model.gguf');
const adapterPath = path.join(folder, 'adapter.gguf');
let llama: Llama;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

const smallShape = { layers: 1, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96 };

test.each(['F32', 'Q8_0', 'Q4_0', 'Q4_K'])('an adapter on %s weights learns, and llama.cpp finds the loss that the trainer found', async (type) => {
	writeArchitectureModel(modelPath, { type, layers: 2 });
	const trainer = openTestTrainer(modelPath);
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
	writeArchitectureModel(modelPath, smallShape);
	const examples = ruleExamples(30, 0);
	const whole = openTestTrainer(modelPath, 2);
	const straight = new TrainingRun(whole, examples, { ...runSettings, epochs: 3 });
	const expected: number[] = [];
	while (!straight.done) expected.push(straight.step().loss);
	whole.close();

	const checkpoint = path.join(folder, 'checkpoint');
	const losses: number[] = [];
	for (const steps of [1, 4, 2, 7, 100]) {
		const trainer = openTestTrainer(modelPath, 2);
		const run = new TrainingRun(trainer, examples, { ...runSettings, epochs: 3 });
		if (losses.length > 0) await resumeFrom(checkpoint, run);
		for (let step = 0; step < steps && !run.done; step++) losses.push(run.step().loss);
		await writeCheckpoint(checkpoint, run);
		trainer.close();
	}
	expect(losses).toEqual(expected);
});

test('a checkpoint that is damaged, cut off or of another run is refused, and nothing changes', async () => {
	writeArchitectureModel(modelPath, smallShape);
	const checkpoint = path.join(folder, 'checkpoint');
	const trainer = openTestTrainer(modelPath, 2);
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

test('a run that is killed at 20 random points ends as if it had not been', async () => {
	writeArchitectureModel(modelPath, smallShape);
	const trainer = openTestTrainer(modelPath, 2);
	const straight = new TrainingRun(trainer, ruleExamples(30, 0), runSettings);
	const expected: number[] = [];
	while (!straight.done) expected.push(straight.step().loss);
	trainer.close();

	const checkpoint = path.join(folder, 'killed');
	const losses: number[] = [];
	const random = new RandomStream(7);
	let kills = 0;
	for (let done = false; !done; ) {
		const child = fork(path.join(import.meta.dirname, 'killedRun.test-support.ts'), [modelPath, checkpoint], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
		let left = kills < 20 ? 1 + random.below(3) : Infinity;
		child.on('message', (message: { step: number; loss: number } | 'done') => {
			if (message === 'done') done = true;
			else {
				losses[message.step - 1] = message.loss;
				// In the middle of the next step, or of writing down what it did.
				if (--left === 0) setTimeout(() => child.kill('SIGKILL'), random.below(25));
			}
		});
		const [code, signal] = await once(child, 'exit');
		if (signal === 'SIGKILL') kills++;
		else expect(code).toBe(0);
	}
	// A step whose loss was not told before the kill is in the checkpoint all the same.
	expect(expected.map((loss, i) => losses[i] ?? loss)).toEqual(expected);
	expect(losses.at(-1)).toBe(expected.at(-1));
	expect(kills).toBe(20);
}, 300_000);
