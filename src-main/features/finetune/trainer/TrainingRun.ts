import { createHash } from 'node:crypto';
import { AdamW, type AdamWSettings } from './AdamW.ts';
import type { Parameter } from './Adapter.ts';
import { baseDigest, sampleDigest } from './baseDigest.ts';
import type { Loss } from './Head.ts';
import { learningRateAt } from './learningRateAt.ts';
import { planRows } from './planRows.ts';
import type { Example, Row } from './Row.ts';
import type { Base } from './readBase.ts';
import type { Trainer } from './Trainer.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

export interface RunSettings {
	/** Times that each example is learnt from. */
	epochs: number;
	/** Rows whose gradients make one step together. */
	rowsPerStep: number;
	/** Tokens of the longest row. */
	mostTokens: number;
	packing: boolean;
	/** The order of the examples follows from it. */
	seed: number;
	learningRate: number;
	/** Share of the steps over which the learning rate rises, 0..1. */
	warmUpFraction: number;
	/** What the last step learns with, as a share of the highest rate. */
	lastRateFraction: number;
	optimizer: AdamWSettings;
}

/** What one step did. */
export interface StepReport {
	/** From 1. */
	step: number;
	totalSteps: number;
	/** Mean over the tokens that were learnt from, in nats, before the step. */
	loss: number;
	learningRate: number;
	gradientLength: number;
	/** That went through the model, filling included. */
	tokens: number;
}

/** How far a run is: with the values and the moments, all that it needs to go on exactly. */
export interface RunProgress {
	step: number;
	epoch: number;
	/** Rows of this epoch that are done. */
	rowsDone: number;
}

/** A model of which something is trained: an adapter on it (`Trainer`), or all of its weights (`WeightTrainer`). */
export interface Learner {
	readonly base: Base;
	readonly parameters: readonly Parameter[];
	/** What tells it from another learner of the same model; it must be the same after a restart. */
	readonly identity: unknown;
	clearGradients(): void;
	/** Makes what was written into the parameters' values what is computed with. */
	upload(): void;
	/** Adds the gradients of the rows' summed loss to those that the parameters have, and returns that loss. */
	accumulate(rows: readonly Row[]): Loss;
}

/** One training from its examples to its last step. Each call of `step` takes one, so that the caller may pause between any two. */
export class TrainingRun<L extends Learner = Trainer> {
	readonly trainer: L;
	readonly settings: RunSettings;
	readonly optimizer: AdamW;
	readonly totalSteps: number;
	readonly #examples: readonly Example[];
	#progress: RunProgress = { step: 0, epoch: 0, rowsDone: 0 };
	#rows: readonly Row[];
	#fingerprint: string | null = null;

	constructor(trainer: L, examples: readonly Example[], settings: RunSettings) {
		this.trainer = trainer;
		this.settings = settings;
		this.#examples = examples;
		this.optimizer = new AdamW(trainer.parameters, settings.optimizer);
		this.#rows = planRows(examples, 0, settings);
		if (this.#rows.length === 0) throw new TrainerRefusal('badInput', 'There is nothing to learn in these examples.');
		// Packing may give an epoch a row more or less, so the steps are counted epoch by epoch.
		this.totalSteps = Array.from({ length: settings.epochs }, (_, epoch) => this.#stepsOf(epoch)).reduce((sum, steps) => sum + steps, 0);
	}

	get progress(): RunProgress {
		return { ...this.#progress };
	}

	/** Takes up a run where it was; the adapter's values and the optimizer's state are the caller's to restore. */
	set progress(progress: RunProgress) {
		this.#progress = { ...progress };
		this.#rows = planRows(this.#examples, progress.epoch, this.settings);
	}

	/** What tells this run from any other: a run may only be taken up with the same model, examples and settings. */
	get fingerprint(): string {
		this.#fingerprint ??= this.#makeFingerprint();
		return this.#fingerprint;
	}

	#makeFingerprint(): string {
		const hash = createHash('sha256');
		const { base, identity } = this.trainer;
		const model = [baseDigest(base), sampleDigest(base), base.shape];
		hash.update(JSON.stringify([...model, identity, this.settings, this.#examples.length]));
		for (const { tokens, learnt } of this.#examples) hash.update(Int32Array.from(tokens, (token, i) => token * 2 + (learnt[i] ? 1 : 0)));
		return hash.digest('hex');
	}

	get done(): boolean {
		return this.#progress.step >= this.totalSteps;
	}

	/** Learns from the next rows. Not to be called when the run is done. */
	step(): StepReport {
		const { trainer, settings } = this;
		const rows = this.#rows.slice(this.#progress.rowsDone, this.#progress.rowsDone + settings.rowsPerStep);
		const warmUpSteps = Math.round(settings.warmUpFraction * this.totalSteps);
		const schedule = { peak: settings.learningRate, warmUpSteps, totalSteps: this.totalSteps, lastFraction: settings.lastRateFraction };
		const learningRate = learningRateAt(this.#progress.step, schedule);
		trainer.clearGradients();
		const loss = trainer.accumulate(rows);
		if (!Number.isFinite(loss.sum))
			throw new TrainerRefusal('notFinite', `The loss is no number any more at step ${this.#progress.step + 1}: the learning rate is too high.`);
		const gradientLength = this.optimizer.step(learningRate, 1 / loss.tokens);
		trainer.upload();
		this.#advance(rows.length);
		const tokens = rows.reduce((sum, row) => sum + row.tokens.length, 0);
		return { step: this.#progress.step, totalSteps: this.totalSteps, loss: meanOf(loss), learningRate, gradientLength, tokens };
	}

	#stepsOf(epoch: number): number {
		return Math.ceil(planRows(this.#examples, epoch, this.settings).length / this.settings.rowsPerStep);
	}

	#advance(rows: number): void {
		const { step, epoch, rowsDone } = this.#progress;
		const next = { step: step + 1, epoch, rowsDone: rowsDone + rows };
		if (next.rowsDone < this.#rows.length) this.#progress = next;
		else this.progress = { step: next.step, epoch: epoch + 1, rowsDone: 0 };
	}
}

/** The mean loss of a token, in nats. */
export function meanOf({ sum, tokens }: Loss): number {
	return sum / tokens;
}
