import { existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { usualAdamW } from './AdamW.ts';
import { readArrays, writeArrays } from './arrayFile.ts';
import { baseDigest } from './baseDigest.ts';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import { Evaluator } from './Evaluator.ts';
import { type Machinery, openTrainer } from './openTrainer.ts';
import type { Pulse } from './Pulse.ts';
import { readBase } from './readBase.ts';
import { readRows } from './readRows.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { type RunSettings, TrainingRun } from './TrainingRun.ts';
import type { TrainerEvent, TrainOrder } from './trainerContract.ts';
import { writeAdapter } from './writeAdapter.ts';

/** What a work of this process is done with. `stop` asks it to write down where it is and to end. */
export interface Workplace extends Machinery {
	pulse: Pulse;
	stop: AbortSignal;
	say(event: TrainerEvent): void;
}

/** What the last step learns with, as a share of the highest rate: at nothing it would learn nothing. */
const lastRateFraction = 0.1;

/** Reads the settings of an order as a run has them. */
export function runSettingsOf({ settings }: Pick<TrainOrder, 'settings'>): RunSettings {
	const { epochs, rowsPerStep, rowTokens, packing, seed, learningRate, warmUpFraction, weightDecay, mostGradient } = settings;
	const optimizer = { ...usualAdamW, weightDecay, longestGradient: mostGradient };
	return { epochs, rowsPerStep, mostTokens: rowTokens, packing, seed, learningRate, warmUpFraction, lastRateFraction, optimizer };
}

/**
 * One training as a process does it: it goes on where the checkpoint in its folder is, measures, saves, and writes the adapter as it was
 * best. Tells all of that, and ends with `trained` or, when it was asked to stop, with `paused`.
 */
export async function train(order: TrainOrder, { pulse, stop, say, ...machinery }: Workplace): Promise<void> {
	const base = readBase(order.modelPath);
	const { examples, heldOut, validation, general, mostTokens } = await readRows(order, base.shape.vocabulary);
	pulse.at('loading', 0);
	const reports = { onProgress: (fraction: number) => pulse.at('loading', fraction), onWork: () => pulse.beat() };
	const { trainer, peakBytes, device, onProcessor } = openTrainer(machinery, base, order, mostTokens, reports);
	try {
		const run = new TrainingRun(trainer, examples, runSettingsOf(order));
		const { evaluateEverySteps: everySteps, patience } = order.settings;
		const evaluator = new Evaluator(trainer, { validation, general, everySteps, patience });
		const files = filesIn(order.folder);
		const evaluation = existsSync(files.checkpoint) ? await resumeFrom(files.checkpoint, run) : null;
		if (evaluation) evaluator.resume(evaluation);
		const fromStep = run.progress.step;
		say({ type: 'started', totalSteps: run.totalSteps, fromStep, device, onProcessor, examples: examples.length, heldOut });
		checkMemory(peakBytes, order.mostBytes);
		await new Work(order, run, evaluator, { pulse, stop, say, files }).toTheEnd();
	} finally {
		trainer.close();
	}
}

function filesIn(folder: string) {
	return { checkpoint: path.join(folder, 'checkpoint'), best: path.join(folder, 'best'), adapter: path.join(folder, 'adapter.gguf') };
}

function checkMemory(peakBytes: number, mostBytes: number): void {
	if (peakBytes > mostBytes)
		throw new TrainerRefusal('outOfMemory', `A step of this training takes ${peakBytes} bytes of memory and it may take ${mostBytes}.`, {
			neededBytes: peakBytes,
		});
}

/** The steps of a run, with what comes between them. */
class Work {
	readonly #order: TrainOrder;
	readonly #run: TrainingRun;
	readonly #evaluator: Evaluator;
	readonly #place: Omit<Workplace, keyof Machinery> & { files: ReturnType<typeof filesIn> };
	#savedStep: number;

	constructor(order: TrainOrder, run: TrainingRun, evaluator: Evaluator, place: Omit<Workplace, keyof Machinery> & { files: ReturnType<typeof filesIn> }) {
		this.#order = order;
		this.#run = run;
		this.#evaluator = evaluator;
		this.#place = place;
		this.#savedStep = run.progress.step;
	}

	async toTheEnd(): Promise<void> {
		for (;;) {
			// The only moment at which a message can come in.
			await setImmediate();
			if (this.#place.stop.aborted) return await this.#pause();
			const { step } = this.#run.progress;
			if (this.#evaluator.isDue(step, this.#run.totalSteps) && !(await this.#evaluate(step))) return await this.#pause();
			const ends = this.#run.done || this.#evaluator.endsEarly;
			if (step - this.#savedStep >= (ends ? 1 : this.#order.checkpointEverySteps)) await this.#save();
			if (ends) return await this.#finish(step);
			this.#step();
		}
	}

	#step(): void {
		const startedAt = performance.now();
		this.#place.pulse.at('stepping', this.#run.progress.step / this.#run.totalSteps);
		const { step, loss, learningRate, gradientLength, tokens } = this.#run.step();
		const tokensPerSecond = (tokens * 1000) / (performance.now() - startedAt);
		const memoryBytes = process.memoryUsage.rss();
		const { cardBytes: vramBytes } = this.#run.trainer.memory;
		this.#place.say({ type: 'step', step, loss, learningRate, gradientLength, tokens, tokensPerSecond, memoryBytes, vramBytes });
	}

	/** Measures, and keeps the adapter where it is the best so far. False where it was interrupted. */
	async #evaluate(step: number): Promise<boolean> {
		const { pulse, stop, files, say } = this.#place;
		const evaluation = await this.#evaluator.evaluate(step, stop, (fraction) => pulse.at('evaluating', fraction));
		if (!evaluation) return false;
		if (evaluation.best) await writeArrays(files.best, { format: bestFormat, step }, this.#values);
		say({ type: 'evaluation', ...evaluation });
		return true;
	}

	async #save(): Promise<void> {
		const { step } = this.#run.progress;
		this.#place.pulse.at('saving', 0);
		await writeCheckpoint(this.#place.files.checkpoint, this.#run, this.#evaluator.state);
		this.#savedStep = step;
		this.#place.say({ type: 'saved', step });
	}

	async #pause(): Promise<void> {
		const { step } = this.#run.progress;
		if (step > 0 || this.#evaluator.state.evaluatedStep >= 0) await this.#save();
		this.#place.say({ type: 'paused', step });
	}

	async #finish(step: number): Promise<void> {
		const { files, say } = this.#place;
		const { best } = this.#evaluator.state;
		const { trainer } = this.#run;
		if (best && best.step !== step) {
			await readArrays(files.best, (head) => checkBest(head, best.step), this.#values);
			trainer.adapter.upload();
		}
		const { 'general.name': name = 'adapter', ...more } = this.#order.metadata;
		await writeAdapter(files.adapter, trainer.adapter, trainer.base, name, more);
		const stoppedEarly = !this.#run.done;
		say({ type: 'trained', step, bestStep: best?.step ?? step, stoppedEarly, adapterPath: files.adapter, baseDigest: baseDigest(trainer.base) });
	}

	get #values(): Float32Array[] {
		return this.#run.trainer.adapter.parameters.map(({ values }) => values);
	}
}

const bestFormat = 'homeroom-best-1';

/** Refuses what is no best adapter, and one of another step than was measured as the best. */
function checkBest(head: unknown, step: number): void {
	const isIt = typeof head === 'object' && head !== null && 'format' in head && head.format === bestFormat;
	if (!isIt) throw new TrainerRefusal('badCheckpoint', 'The best adapter of this training is damaged.');
	const kept = 'step' in head ? head.step : null;
	if (kept !== step) throw new TrainerRefusal('badCheckpoint', `The best adapter of this training is that of step ${String(kept)}, not of step ${step}.`);
}
