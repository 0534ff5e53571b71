import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { Loss } from './Head.ts';
import type { Row } from './Row.ts';
import type { Trainer } from './Trainer.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import { meanOf } from './TrainingRun.ts';

/** What has been measured so far, as a checkpoint keeps it. Losses are means over tokens, in nats. */
export const evaluationState = z.object({
	/** What tells these rows and settings from others. */
	fingerprint: z.string(),
	/** The last step that was measured after; -1 before the first time. */
	evaluatedStep: z.number().int(),
	/** Of the base alone, on the general text. */
	generalLoss: z.number().nullable(),
	best: z.object({ step: z.number().int(), validationLoss: z.number() }).nullable(),
	/** Measurements since the best one. */
	worse: z.number().int(),
});
export type EvaluationState = z.infer<typeof evaluationState>;

/** One measurement. */
export interface Evaluation {
	step: number;
	validationLoss: number | null;
	/** Perplexity on the general text with the adapter, divided by that without. */
	forgetting: number;
	/** Whether the validation loss is the lowest since training began. */
	best: boolean;
}

/** What a run is measured with, and when. */
export interface EvaluatorSettings {
	/** Held out; empty where nothing is. */
	validation: readonly Row[];
	general: readonly Row[];
	everySteps: number;
	/** Measurements without a lower validation loss before the run ends early; null: never. */
	patience: number | null;
}

/** A training that went wrong loses more than a number can tell. */
const mostForgetting = 1e9;

/** What measures rows. */
type Measured = Pick<Trainer, 'evaluate' | 'rowsAtOnce'>;

/** Measures a run every so many steps: what it learnt, what it forgot, when it was best and whether going on is of no use. */
export class Evaluator {
	#state: EvaluationState;
	readonly #trainer: Measured;
	readonly #settings: EvaluatorSettings;

	constructor(trainer: Measured, settings: EvaluatorSettings) {
		this.#trainer = trainer;
		this.#settings = settings;
		this.#state = { fingerprint: fingerprintOf(settings), evaluatedStep: -1, generalLoss: null, best: null, worse: 0 };
	}

	get state(): EvaluationState {
		return this.#state;
	}

	/** Goes on from what was measured before, with the same rows and settings; otherwise it is refused (`badCheckpoint`). */
	resume(state: EvaluationState): void {
		if (state.fingerprint !== this.#state.fingerprint) throw new TrainerRefusal('badCheckpoint', 'This checkpoint is of a run that was measured otherwise.');
		this.#state = state;
	}

	/** Whether something is to be measured now. Before the first step it always is: an adapter that is nothing yet gives the base's figures. */
	isDue(step: number, totalSteps: number): boolean {
		return this.#state.evaluatedStep !== step && (step % this.#settings.everySteps === 0 || step >= totalSteps);
	}

	get endsEarly(): boolean {
		return this.#settings.patience !== null && this.#state.worse >= this.#settings.patience;
	}

	/** Measures, letting others work between rows. Null, and nothing has changed, where `stop` says so before it is done. */
	async evaluate(step: number, stop: AbortSignal, onProgress: (fraction: number) => void): Promise<Evaluation | null> {
		const { validation, general } = this.#settings;
		const all = validation.length + general.length;
		const heldOut = await this.#lossOf(validation, stop, (rows) => onProgress(rows / all));
		const ofGeneral = await this.#lossOf(general, stop, (rows) => onProgress((validation.length + rows) / all));
		if (!heldOut || !ofGeneral) return null;
		const validationLoss = heldOut.tokens === 0 ? null : finite(meanOf(heldOut));
		const loss = ofGeneral.tokens === 0 ? 0 : finite(meanOf(ofGeneral));
		const generalLoss = this.#state.generalLoss ?? loss;
		// The adapter that is nothing yet is no candidate: it would be an adapter without any use.
		const best = step > 0 && validationLoss !== null && validationLoss < (this.#state.best?.validationLoss ?? Infinity);
		this.#state = {
			...this.#state,
			evaluatedStep: step,
			generalLoss,
			best: best ? { step, validationLoss } : this.#state.best,
			worse: best || step === 0 || validationLoss === null ? 0 : this.#state.worse + 1,
		};
		return { step, validationLoss, forgetting: Math.min(Math.exp(loss - generalLoss), mostForgetting), best };
	}

	async #lossOf(rows: readonly Row[], stop: AbortSignal, onProgress: (rows: number) => void): Promise<Loss | null> {
		const loss: Loss = { sum: 0, tokens: 0 };
		const atOnce = this.#trainer.rowsAtOnce;
		for (let first = 0; first < rows.length; first += atOnce) {
			await setImmediate();
			if (stop.aborted) return null;
			const { sum, tokens } = this.#trainer.evaluate(rows.slice(first, first + atOnce));
			loss.sum += sum;
			loss.tokens += tokens;
			onProgress(first);
		}
		return loss;
	}
}

function fingerprintOf({ validation, general, everySteps, patience }: EvaluatorSettings): string {
	const hash = createHash('sha256').update(JSON.stringify([everySteps, patience, validation.length, general.length]));
	for (const row of [...validation, ...general]) hash.update(row.tokens).update(row.goals);
	return hash.digest('hex');
}

function finite(loss: number): number {
	if (Number.isFinite(loss)) return loss;
	throw new TrainerRefusal('notFinite', 'The loss on the held-out examples or the general text is no number any more.');
}
