import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import { makeRow } from './Row.ts';
import { openTestTrainer, ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { meanOf, TrainingRun } from './TrainingRun.ts';
import { theirLoss } from './theirLoss.test-support.ts';
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
		const theirs = await theirLoss(llama, modelPath, adapterPath, unseen);
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

test('a checkpoint of a model that other weights were written into is refused', async () => {
	writeArchitectureModel(modelPath, smallShape);
	const checkpoint = path.join(folder, 'checkpoint');
	const take = async (work: (run: TrainingRun) => Promise<unknown>) => {
		const trainer = openTestTrainer(modelPath, 2);
		try {
			await work(new TrainingRun(trainer, ruleExamples(30, 0), runSettings));
		} finally {
			trainer.close();
		}
	};
	await take((run) => {
		run.step();
		return writeCheckpoint(checkpoint, run);
	});
	await take((run) => resumeFrom(checkpoint, run));
	const bytes = readFileSync(modelPath);
	for (let at = bytes.length - 40_000; at < bytes.length; at += 4) bytes.writeFloatLE(bytes.readFloatLE(at) * 0.5, at);
	writeFileSync(modelPath, bytes);
	await take((run) => expect(resumeFrom(checkpoint, run)).rejects.toMatchObject({ kind: 'badCheckpoint' }));
});
