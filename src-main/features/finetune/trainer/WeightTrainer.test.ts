import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Parameter } from './Adapter.ts';
import { makeRow } from './Row.ts';
import { readBase } from './readBase.ts';
import { ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { Trainer } from './Trainer.ts';
import { TrainingRun } from './TrainingRun.ts';
import { WeightTrainer } from './WeightTrainer.ts';
import { type TestShape, testGgml, writeArchitectureModel } from './writeArchitectureModel.test-support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'homeroom-weights-'));
const modelPath = path.join(folder, 'model.gguf');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tiny: Partial<TestShape> = { layers: 2, width: 32, heads: 4, kvHeads: 2, headLength: 8, feedForward: 64 };

function example(count: number, start: number) {
	const tokens = Array.from({ length: count }, (_, i) => 10 + ((start * 31 + i * i * 7 + i * 13) % 300));
	return { tokens, learnt: tokens.map((_, i) => i > 4) };
}

/** Packed, and more tokens than the head takes at once. */
const someRows = [makeRow([example(11, 1), example(9, 2)]), makeRow([example(150, 3)])];

function open(mostTokens = 192): WeightTrainer {
	return new WeightTrainer(testGgml, readBase(modelPath), { threads: 1, mostTokens });
}

/** The slope of the loss when one value moves, by central differences. */
function slopeAt(trainer: WeightTrainer, { values }: Parameter, place: number): number {
	const before = values[place] ?? 0;
	const lossAt = (value: number) => {
		values[place] = value;
		trainer.upload();
		return trainer.evaluate(someRows).sum;
	};
	const step = 1e-2;
	const slope = (lossAt(before + step) - lossAt(before - step)) / (2 * step);
	values[place] = before;
	trainer.upload();
	return slope;
}

/** How far the gradient of a parameter is from the slopes of the loss, over its largest and some other values. */
function slopeError(trainer: WeightTrainer, parameter: Parameter): number {
	const { values, gradient } = parameter;
	const largest = [...gradient.keys()].sort((i, j) => Math.abs(gradient[j] ?? 0) - Math.abs(gradient[i] ?? 0)).slice(0, 5);
	const others = Array.from({ length: 4 }, (_, i) => (i * 37) % values.length);
	let [wrong, all] = [0, 0];
	for (const place of [...largest, ...others]) {
		const slope = slopeAt(trainer, parameter, place);
		wrong += (slope - (gradient[place] ?? 0)) ** 2;
		all += slope ** 2;
	}
	return Math.sqrt(wrong / all);
}

test.each([{ separateHead: false }, { separateHead: true }])('every gradient of every weight is the slope of the loss: %j', (shape) => {
	writeArchitectureModel(modelPath, { ...tiny, ...shape });
	const trainer = open();
	try {
		const { sum } = trainer.accumulate(someRows);
		expect(trainer.evaluate(someRows).sum).toBeCloseTo(sum, 3);
		const errors = trainer.parameters.map((parameter) => [parameter.name, slopeError(trainer, parameter)] as const);
		expect(errors.filter(([, error]) => !(error < 1e-2))).toEqual([]);
	} finally {
		trainer.close();
	}
});

test('computes the loss that the adapter trainer computes, of weights that have changed since', () => {
	writeArchitectureModel(modelPath, tiny);
	const trainer = open();
	const other = new Trainer(testGgml, readBase(modelPath), {
		adapter: { rank: 1, alpha: 1, targets: ['q'], seed: 1 },
		threads: 1,
		mostTokens: 192,
		rowsAtOnce: 1,
	});
	try {
		const before = trainer.evaluate(someRows).sum;
		expect(before).toBeCloseTo(other.evaluate(someRows).sum, 3);
		const embedding = trainer.weights.parameter('token_embd.weight').values;
		for (let i = 0; i < embedding.length; i++) embedding[i] = (embedding[i] ?? 0) * 1.1;
		trainer.upload();
		expect(Math.abs(trainer.evaluate(someRows).sum - before)).toBeGreaterThan(1);
	} finally {
		trainer.close();
		other.close();
	}
});

test('learns a rule from nothing but random weights', () => {
	writeArchitectureModel(modelPath, { ...tiny, width: 64, headLength: 16, feedForward: 128 });
	const trainer = open(runSettings.mostTokens);
	try {
		const run = new TrainingRun(trainer, ruleExamples(24, 1), { ...runSettings, epochs: 40, learningRate: 5e-3 });
		const losses: number[] = [];
		while (!run.done) losses.push(run.step().loss);
		expect(losses[0]).toBeGreaterThan(4);
		expect(losses.at(-1)).toBeLessThan(0.3);
	} finally {
		trainer.close();
	}
});

test.each([{ type: 'Q8_0' }, { architecture: 'qwen2' as const }])('refuses what cannot be trained whole: %j', (shape) => {
	writeArchitectureModel(modelPath, { layers: 1, ...shape });
	expect(open).toThrow(expect.objectContaining({ kind: 'modelUnsupported' }));
});
