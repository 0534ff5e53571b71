import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targets } from './Adapter.ts';
import { askInProcess } from './askInProcess.test-support.ts';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import type { Card } from './findCard.ts';
import { mergeAdapter } from './mergeAdapter.ts';
import { type Example, makeRow } from './Row.ts';
import { readBase } from './readBase.ts';
import { ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { Trainer } from './Trainer.ts';
import { meanOf, TrainingRun } from './TrainingRun.ts';
import { realCard, standIn, whyNoCard } from './testCards.test-support.ts';
import { theirLoss } from './theirLoss.test-support.ts';
import { writeAdapter } from './writeAdapter.ts';
import { type TestShape, testGgml, writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-card-'));
const modelPath = path.join(folder, 'model.gguf');
let llama: Llama;
beforeAll(async () => {
	llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.disabled });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rowTokens = 16;
/** A software driver translates each kind of product for a minute or two; of these there are few. */
const tiny: Partial<TestShape> = { layers: 1, width: 32, heads: 1, kvHeads: 1, headLength: 32, feedForward: 64, vocabulary: 320 };
const settings = { ...runSettings, mostTokens: rowTokens, packing: false, learningRate: 1e-3 };
const examples: Example[] = Array.from({ length: 30 }, (_, number) => {
	const tokens = Array.from({ length: rowTokens }, (_, i) => 20 + ((number * 37 + i * i * 11 + number * i * 17) % 100));
	return { tokens, learnt: tokens.map((_, i) => i > 0) };
});
/** The tests' own limit is for machines that have something to compute with. */
const patience = { timeout: 1_800_000 };

function open(card: Card | null): Trainer {
	const adapter = { rank: 16, alpha: 16, targets, seed: 1 };
	const trainer = new Trainer(testGgml, readBase(modelPath), { adapter, threads: 1, mostTokens: rowTokens, rowsAtOnce: 2, card: card?.device ?? null });
	trainer.spend(1e7, 1e6);
	return trainer;
}

/** The losses of steps, from a checkpoint where there is one, and a checkpoint afterwards. */
async function lossesOf(card: Card | null, steps: number, checkpoint?: { from?: string; to: string }): Promise<number[]> {
	const trainer = open(card);
	try {
		const run = new TrainingRun(trainer, examples, settings);
		if (checkpoint?.from) await resumeFrom(checkpoint.from, run);
		const losses = Array.from({ length: steps }, () => run.step().loss);
		if (checkpoint) await writeCheckpoint(checkpoint.to, run);
		return losses;
	} finally {
		trainer.close();
	}
}

const cards = [
	{ where: 'a stand-in for a card', card: standIn, isThere: true },
	{ where: `a graphics card${whyNoCard}`, card: realCard, isThere: realCard !== null },
];

for (const { where, card, isThere } of cards) {
	test.skipIf(!isThere).for(['F32', 'Q8_0', 'Q4_0'])(`20 steps of %s weights cost on ${where} what they cost on the processor`, patience, async (type) => {
		writeArchitectureModel(modelPath, { ...tiny, type });
		const [ours, theirs] = [await lossesOf(card, 20), await lossesOf(null, 20)];
		const apart = ours.map((loss, i) => Math.abs(loss / (theirs[i] ?? 0) - 1));
		// For quantized weights the processor rounds a product's other side to eight bits, and a card does not.
		expect(Math.max(...apart)).toBeLessThan(type === 'F32' ? 1e-3 : 5e-3);
		expect(apart.reduce((sum, each) => sum + each) / apart.length).toBeLessThan(1e-3);
	});

	test.skipIf(!isThere)(`a run that stopped on ${where} goes on there as if it had not`, patience, async () => {
		writeArchitectureModel(modelPath, { ...tiny, type: 'Q8_0' });
		const straight = await lossesOf(card, 9);
		const to = path.join(folder, 'checkpoint');
		const losses = [...(await lossesOf(card, 2, { to })), ...(await lossesOf(card, 3, { from: to, to })), ...(await lossesOf(card, 4, { from: to, to }))];
		expect(losses.map((loss, i) => Math.abs(loss / (straight[i] ?? 0) - 1)).filter((apart) => !(apart < 1e-4))).toEqual([]);
	});

	test.skipIf(!isThere)(`a run that ${where} began goes on on the processor`, patience, async () => {
		writeArchitectureModel(modelPath, { ...tiny, type: 'F32' });
		const straight = await lossesOf(null, 6);
		const to = path.join(folder, 'checkpoint');
		const losses = [...(await lossesOf(card, 3, { to })), ...(await lossesOf(null, 3, { from: to, to }))];
		expect(losses.map((loss, i) => Math.abs(loss / (straight[i] ?? 0) - 1)).filter((apart) => !(apart < 1e-4))).toEqual([]);
	});

	test.skipIf(!isThere)(`llama.cpp finds the loss of an adapter from ${where}, beside the model and merged into it`, patience, async () => {
		writeArchitectureModel(modelPath, { ...tiny, type: 'Q8_0' });
		const [adapterPath, outputPath] = [path.join(folder, 'adapter.gguf'), path.join(folder, 'merged.gguf')];
		const trainer = open(card);
		try {
			const run = new TrainingRun(trainer, examples, { ...settings, learningRate: 1e-2 });
			const first = run.step().loss;
			for (let step = 0; step < 20; step++) run.step();
			const ours = meanOf(trainer.evaluate(examples.map((example) => makeRow([example]))));
			expect(ours).toBeLessThan(first - 0.5);
			await writeAdapter(adapterPath, trainer.adapter, trainer.base, 'card');
			const order = { kind: 'merge', modelPath, adapterPath, scale: 1, type: 'F16', outputPath, name: 'merged' } as const;
			expect(await askInProcess((place) => mergeAdapter(order, place))).toMatchObject([{ type: 'merged' }]);
			const theirs = [await theirLoss(llama, modelPath, adapterPath, examples), await theirLoss(llama, outputPath, null, examples)];
			expect(theirs.filter((loss) => !(Math.abs(loss / ours - 1) < 0.02))).toEqual([]);
		} finally {
			trainer.close();
		}
	});
}

test.each([
	{ architecture: 'qwen3', headLength: 32 },
	{ architecture: 'gemma3' },
	{ architecture: 'phi3', ropeFactors: true, separateHead: true },
	{ architecture: 'llama', type: 'Q4_K' },
] satisfies Partial<TestShape>[])('what is laid out for a card has the gradients that the processor has, of %j', (shape) => {
	writeArchitectureModel(modelPath, { layers: 2, ...shape });
	const rows = [
		makeRow(ruleExamples(2, 1)),
		makeRow([{ tokens: Array.from({ length: 90 }, (_, i) => 10 + i), learnt: Array.from({ length: 90 }, () => true) }]),
	];
	const [ours = [], theirs = []] = [standIn, null].map((card) => {
		const adapter = { rank: 4, alpha: 8, targets, seed: 1 };
		const trainer = new Trainer(testGgml, readBase(modelPath), { adapter, threads: 1, mostTokens: 96, rowsAtOnce: 1, card: card?.device ?? null });
		try {
			for (const { name, values } of trainer.parameters) if (name.endsWith('_b')) values.fill(0.05);
			trainer.upload();
			trainer.accumulate(rows);
			return trainer.parameters.map(({ gradient }) => gradient);
		} finally {
			trainer.close();
		}
	});
	const apart = ours.map((gradient, p) => Math.hypot(...gradient.map((slope, i) => slope - (theirs[p]?.[i] ?? 0))) / Math.hypot(...gradient));
	expect(apart.filter((each) => !(each < (shape.type ? 0.1 : 1e-3)))).toEqual([]);
});
