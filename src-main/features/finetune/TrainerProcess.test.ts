import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsOf, ofType, openTrainerProcess } from './openTrainerProcess.test-support.ts';
import { memoryNeeded } from './trainer/memoryNeeded.ts';
import { RandomStream } from './trainer/RandomStream.ts';
import { readBase } from './trainer/readBase.ts';
import { ruleExamples } from './trainer/ruleRun.test-support.ts';
import { theirLoss } from './trainer/theirLoss.test-support.ts';
import type { TrainerEvent, TrainOrder } from './trainer/trainerContract.ts';
import { generalExamples, writeTrainOrder } from './trainer/trainOrder.test-support.ts';
import { writeArchitectureModel } from './trainer/writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-process-'));
const modelPath = path.join(folder, 'model.gguf');
let llama: Llama;
/** What an order of the usual test gives that nothing interrupts. */
let straight: TrainerEvent[];
let straightOrder: TrainOrder;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
	writeArchitectureModel(modelPath, { layers: 2, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96 });
	straightOrder = await orderIn('straight');
	straight = await eventsOf(straightOrder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function orderIn(name: string, wishes: Parameters<typeof writeTrainOrder>[2] = {}): Promise<TrainOrder> {
	return writeTrainOrder(path.join(folder, name), modelPath, wishes);
}

/** The adapter's file that a run has made. */
function adapterIn(order: TrainOrder): Buffer {
	return readFileSync(path.join(order.folder, 'adapter.gguf'));
}

/** Losses by step and measurements by step, whichever of several processes told them last. */
function figuresOf(events: readonly TrainerEvent[]) {
	return {
		losses: new Map(ofType(events, 'step').map(({ step, loss }) => [step, loss])),
		evaluations: new Map(ofType(events, 'evaluation').map((evaluation) => [evaluation.step, evaluation])),
	};
}

test('a training tells its steps and measurements and writes the adapter as it was best, and llama.cpp finds the same losses', async () => {
	const steps = ofType(straight, 'step');
	const evaluations = ofType(straight, 'evaluation');
	const [trained] = ofType(straight, 'trained');
	expect(ofType(straight, 'started')).toMatchObject([{ fromStep: 0, examples: 24, heldOut: 6, totalSteps: steps.length }]);
	expect(evaluations[0]).toMatchObject({ step: 0, forgetting: 1, best: false });
	const lowest = evaluations.slice(1).reduce((best, each) => ((each.validationLoss ?? 9) < (best.validationLoss ?? 9) ? each : best));
	expect(trained).toMatchObject({ step: steps.length, bestStep: lowest.step, stoppedEarly: false });
	expect(straight.at(-1)).toBe(trained);
	expect(lowest.validationLoss).toBeLessThan((evaluations[0]?.validationLoss ?? 0) - 0.5);

	const adapterPath = trained?.adapterPath ?? '';
	const theirs = await theirLoss(llama, modelPath, adapterPath, ruleExamples(6, 5));
	expect(Math.abs((lowest.validationLoss ?? 0) - theirs) / theirs).toBeLessThan(0.02);
	const everyToken = generalExamples.map(({ tokens }) => ({ tokens, learnt: tokens.map(() => true) }));
	const [withIt, without] = [await theirLoss(llama, modelPath, adapterPath, everyToken), await theirLoss(llama, modelPath, null, everyToken)];
	expect(Math.abs(lowest.forgetting - Math.exp(withIt - without))).toBeLessThan(0.02);
});

test('a training that is paused again and again ends as if it had not been', async () => {
	const order = await orderIn('paused');
	const events: TrainerEvent[] = [];
	for (let round = 0; events.at(-1)?.type !== 'trained'; round++) {
		const trainer = openTrainerProcess(order);
		let seen = 0;
		for await (const event of trainer.events()) {
			events.push(event);
			if ((event.type === 'step' || event.type === 'evaluation') && ++seen === 4 + (round % 3)) void trainer.pause();
		}
		expect(['paused', 'trained']).toContain(events.at(-1)?.type);
	}
	expect(ofType(events, 'paused').length).toBeGreaterThan(3);
	expect(figuresOf(events)).toEqual(figuresOf(straight));
	expect(adapterIn(order)).toEqual(adapterIn(straightOrder));
});

const kills = process.env.HOMEROOM_SOAK ? 50 : 5;
test(`F3 a training that is killed at ${kills} random points loads its newest checkpoint each time and ends as if it had not been`, async () => {
	const wishes = { settings: { epochs: kills } };
	const unharmedOrder = await orderIn('unharmed', wishes);
	const unharmed = await eventsOf(unharmedOrder);
	const order = { ...(await orderIn('killed', wishes)), checkpointEverySteps: 1 };
	const random = new RandomStream(11);
	const events: TrainerEvent[] = [];
	let killed = 0;
	while (events.at(-1)?.type !== 'trained') {
		const trainer = openTrainerProcess(order);
		let left = killed < kills ? 1 + random.below(8) : Infinity;
		for await (const event of trainer.events()) {
			events.push(event);
			if (--left !== 0 || event.type === 'trained') continue;
			killed++;
			// In the middle of a step, of a measurement, or of writing one of the files.
			await setTimeout(random.below(12));
			void trainer.kill();
		}
	}
	expect(killed).toBe(kills);
	const [theirs, ours] = [figuresOf(unharmed), figuresOf(events)];
	// A step whose loss was not told before the kill is in the checkpoint all the same.
	for (const [step, loss] of ours.losses) expect(Math.abs(loss - (theirs.losses.get(step) ?? 0))).toBeLessThan(1e-4);
	expect(ofType(events, 'trained').at(-1)).toMatchObject({ bestStep: ofType(unharmed, 'trained')[0]?.bestStep });
	expect(adapterIn(order)).toEqual(adapterIn(unharmedOrder));
}, 300_000);

test('a training ends early when measuring finds it no better, and says which step was best', async () => {
	const order = await orderIn('early', { settings: { epochs: 40, evaluateEverySteps: 2, patience: 2, learningRate: 0.05 } });
	const events = await eventsOf(order);
	const [trained] = ofType(events, 'trained');
	const best = ofType(events, 'evaluation')
		.filter((each) => each.best)
		.at(-1);
	expect(trained).toMatchObject({ stoppedEarly: true, bestStep: best?.step, step: (best?.step ?? 0) + 4 });
	const theirs = await theirLoss(llama, modelPath, trained?.adapterPath ?? '', ruleExamples(6, 5));
	expect(Math.abs((best?.validationLoss ?? 0) - theirs) / theirs).toBeLessThan(0.02);

	// The best adapter of another step, whole as a file.
	const file = path.join(order.folder, 'best');
	const whole = readFileSync(file);
	const head = whole.indexOf('\n');
	const other = Buffer.concat([Buffer.from(JSON.stringify({ ...JSON.parse(whole.toString('utf8', 0, head)), step: 1 })), whole.subarray(head, -32)]);
	writeFileSync(file, Buffer.concat([other, createHash('sha256').update(other).digest()]));
	await expect(eventsOf(order)).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'badCheckpoint' } });
});

test('without held-out examples the adapter is that of the last step', async () => {
	const order = await orderIn('all', { validation: [], settings: { epochs: 2 } });
	const events = await eventsOf(order);
	const last = ofType(events, 'step').length;
	expect(ofType(events, 'trained')).toMatchObject([{ step: last, bestStep: last, stoppedEarly: false }]);
	expect(ofType(events, 'evaluation').map(({ validationLoss, best }) => ({ validationLoss, best }))).toContainEqual({ validationLoss: null, best: false });
});

test('a probe takes two steps, writes nothing and tells what a training takes', async () => {
	const order = await orderIn('probed');
	const { folder: place, checkpointEverySteps, metadata, ...rest } = order;
	const before = readdirSync(place);
	const events = await eventsOf({ ...rest, kind: 'probe' });
	const [totalSteps, evaluations] = [ofType(straight, 'step').length, ofType(straight, 'evaluation').length];
	expect(ofType(events, 'probed')).toMatchObject([{ totalSteps, evaluations, vramBytes: null }]);
	const [probed] = ofType(events, 'probed');
	expect(probed?.evaluationMs).toBeGreaterThan(0);
	const { needed } = memoryNeeded(readBase(modelPath), { ...order.settings, mostTokens: order.settings.rowTokens });
	expect((probed?.peakBytes ?? 0) / needed).toBeGreaterThan(0.6);
	expect((probed?.peakBytes ?? 0) / needed).toBeLessThan(1.5);
	expect(readdirSync(place)).toEqual(before);
});

test('what cannot be done is told as what it is', async () => {
	const order = await orderIn('refused');
	const failed = (changed: Partial<TrainOrder>) => eventsOf({ ...order, ...changed });
	writeArchitectureModel(path.join(folder, 'experts.gguf'), {
		metadata: { 'llama.expert_count': { type: 'uint32', value: 8 }, 'llama.expert_used_count': { type: 'uint32', value: 2 } },
	});
	await expect(failed({ modelPath: path.join(folder, 'experts.gguf') })).rejects.toMatchObject({
		code: 'TRAINING_UNSUPPORTED',
		data: { name: 'experts.gguf' },
	});
	await expect(failed({ mostBytes: 1e8 })).rejects.toMatchObject({ code: 'TRAINING_TOO_BIG', data: { freeBytes: 1e8 } });
	await expect(failed({ modelPath: path.join(folder, 'no.gguf') })).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'badInput' } });
	writeFileSync(path.join(order.folder, 'checkpoint'), 'no checkpoint');
	await expect(failed({})).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'badCheckpoint' } });
});

test('a loss that is no number ends a training', async () => {
	const spoiled = path.join(folder, 'spoiled.gguf');
	const content = readFileSync(modelPath);
	content.fill(0xff, content.length - 64);
	writeFileSync(spoiled, content);
	await expect(eventsOf({ ...(await orderIn('notFinite')), modelPath: spoiled })).rejects.toMatchObject({
		code: 'TRAINING_FAILED',
		data: { kind: 'notFinite' },
	});
});

test.runIf(existsSync('/dev/full'))('a full disk ends a training, and what was saved before is whole', async () => {
	const order = await orderIn('full', { settings: { epochs: 2 } });
	const trainer = openTrainerProcess(order);
	for await (const event of trainer.events()) if (event.type === 'step') void trainer.pause();
	const saved = readFileSync(path.join(order.folder, 'checkpoint'));
	symlinkSync('/dev/full', path.join(order.folder, 'checkpoint.part'));
	await expect(eventsOf(order)).rejects.toMatchObject({ code: 'TRAINING_FAILED', data: { kind: 'disk' } });
	expect(readFileSync(path.join(order.folder, 'checkpoint'))).toEqual(saved);
	expect(readdirSync(order.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
	expect((await eventsOf(order)).at(-1)).toMatchObject({ type: 'trained' });
});
