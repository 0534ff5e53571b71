import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { usualAdamW } from '../../src-main/features/finetune/trainer/AdamW.ts';
import { resumeFrom, writeCheckpoint } from '../../src-main/features/finetune/trainer/checkpoint.ts';
import { findLibraries } from '../../src-main/features/finetune/trainer/findLibraries.ts';
import { openGgml } from '../../src-main/features/finetune/trainer/ggml.ts';
import { planRows } from '../../src-main/features/finetune/trainer/planRows.ts';
import type { Example } from '../../src-main/features/finetune/trainer/Row.ts';
import { readBase } from '../../src-main/features/finetune/trainer/readBase.ts';
import { meanOf, TrainingRun } from '../../src-main/features/finetune/trainer/TrainingRun.ts';
import { WeightTrainer } from '../../src-main/features/finetune/trainer/WeightTrainer.ts';
import { buildTokenizer } from './buildTokenizer.ts';
import { writeFirstWeights, writeQuantized } from './demoModel.ts';
import { exampleOf } from './exampleOf.ts';
import { type Part, type Stage, Texts } from './texts/Texts.ts';

/**
 * `npm run demo:train`: makes models/homeroom-demo.gguf again, from nothing but what is in this repository. Stopped and started again it
 * goes on from its last checkpoint. With one thread (the default) it gives the same file each time on the same kind of processor.
 */
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
	options: {
		out: { type: 'string', default: join(root, 'models/homeroom-demo.gguf') },
		work: { type: 'string', default: join(tmpdir(), 'homeroom-demo') },
		threads: { type: 'string', default: '1' },
		seed: { type: 'string', default: '1' },
	},
});
const [threads, seed] = [Number(values.threads), Number(values.seed)];
const resources = join(root, 'resources');
const rowTokens = 512;
const stepsBetweenCheckpoints = 250;

/** What is learnt one after the other. A stage may end before its learning rate is at its lowest: the next one begins high again. */
const stages: readonly { stage: Stage; drawnTokens: number; lastStep: number; learningRate: number }[] = [
	{ stage: 'copying', drawnTokens: 400_000, lastStep: Infinity, learningRate: 2.5e-3 },
	{ stage: 'talking', drawnTokens: 1_100_000, lastStep: 1500, learningRate: 2.5e-3 },
	{ stage: 'marking', drawnTokens: 1_500_000, lastStep: 1750, learningRate: 2e-3 },
	{ stage: 'both', drawnTokens: 800_000, lastStep: Infinity, learningRate: 1.5e-3 },
	{ stage: 'calming', drawnTokens: 650_000, lastStep: Infinity, learningRate: 9e-4 },
	{ stage: 'polishing', drawnTokens: 300_000, lastStep: Infinity, learningRate: 5e-4 },
	{ stage: 'settling', drawnTokens: 250_000, lastStep: Infinity, learningRate: 6e-4 },
	{ stage: 'filming', drawnTokens: 1_600_000, lastStep: Infinity, learningRate: 1.3e-3 },
	{ stage: 'resting', drawnTokens: 500_000, lastStep: Infinity, learningRate: 5e-4 },
	{ stage: 'answering', drawnTokens: 150_000, lastStep: Infinity, learningRate: 5e-4 },
];

mkdirSync(values.work, { recursive: true });
const texts: Record<Stage, Texts> = {
	copying: new Texts(resources, seed + 5, 'copying'),
	talking: new Texts(resources, seed),
	marking: new Texts(resources, seed + 1, 'marking'),
	both: new Texts(resources, seed + 2, 'both'),
	calming: new Texts(resources, seed + 3, 'calming'),
	polishing: new Texts(resources, seed + 4, 'polishing'),
	settling: new Texts(resources, seed + 6, 'settling'),
	filming: new Texts(resources, seed + 7, 'filming'),
	resting: new Texts(resources, seed + 8, 'resting'),
	answering: new Texts(resources, seed + 9, 'answering'),
};
const tokenizer = buildTokenizer(texts.talking, resources);
const first = join(values.work, 'first.gguf');
await writeFirstWeights(first, tokenizer, seed);
const trainer = new WeightTrainer(openGgml(await findLibraries()), readBase(first), { threads, mostTokens: rowTokens });
const weights = trainer.parameters.reduce((sum, parameter) => sum + parameter.values.length, 0);
say(`${tokenizer.size} tokens in the vocabulary, ${(weights / 1e6).toFixed(2)} million weights`);
for (const each of stages) await learn(each);
await writeQuantized(values.out, tokenizer, trainer.parameters);
trainer.close();
say(`wrote ${values.out}`);
const check = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'scripts/demo/demoModel.test.ts'], {
	cwd: root,
	env: { ...process.env, HOMEROOM_DEMO: values.out },
	stdio: 'inherit',
});
process.exitCode = check.status ?? 1;

async function learn({ stage, drawnTokens, lastStep, learningRate }: (typeof stages)[number]): Promise<void> {
	const run = new TrainingRun(trainer, drawExamples(stage, 'learnt', drawnTokens), {
		epochs: 1,
		rowsPerStep: 1,
		mostTokens: rowTokens,
		packing: true,
		seed,
		learningRate,
		warmUpFraction: 0.04,
		lastRateFraction: 0.02,
		optimizer: { ...usualAdamW, beta2: 0.99, weightDecay: 0.02 },
	});
	const held = planRows(drawExamples(stage, 'held', 4000), 0, { mostTokens: rowTokens, packing: true, seed });
	const checkpoint = join(values.work, `${stage}.checkpoint`);
	if (existsSync(checkpoint)) {
		await resumeFrom(checkpoint, run);
		say(`${stage}: going on from step ${run.progress.step}`);
	}
	let [tokens, since] = [0, Date.now()];
	while (!run.done && run.progress.step < lastStep) {
		const report = run.step();
		tokens += report.tokens;
		if (report.step % 25 === 0) {
			const speed = Math.round((tokens * 1000) / (Date.now() - since));
			say(`${stage}: step ${report.step} of ${Math.min(lastStep, report.totalSteps)}, loss ${report.loss.toFixed(3)}, ${speed} tokens/s`);
			[tokens, since] = [0, Date.now()];
		}
		const isLast = run.done || report.step === lastStep;
		if (report.step % stepsBetweenCheckpoints !== 0 && !isLast) continue;
		say(`${stage}: loss of texts that were kept from it ${meanOf(trainer.evaluate(held)).toFixed(3)}`);
		await writeCheckpoint(checkpoint, run);
	}
}

function drawExamples(stage: Stage, part: Part, tokens: number): Example[] {
	const examples: Example[] = [];
	for (let drawn = 0; drawn < tokens; ) {
		const example = exampleOf(tokenizer, texts[stage].draw(part));
		// A long chat is left out rather than cut.
		if (example.tokens.length > rowTokens) continue;
		examples.push(example);
		drawn += example.tokens.length;
	}
	return examples;
}

function say(line: string): void {
	process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
