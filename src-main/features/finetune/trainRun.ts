import { stat } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';
import type { RunOutcome } from '#contract/finetune.ts';
import { deviceFor } from './deviceFor.ts';
import { isCardFailure } from './isCardFailure.ts';
import { readNow, readPoints } from './runRows.ts';
import type { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerEvent, TrainOrder } from './trainer/trainerContract.ts';
import { trainingMemory } from './trainingMemory.ts';
import { trainingThreads } from './trainingThreads.ts';
import { type RunAtWork, type TrainingTools, tellProgress } from './trainingTools.ts';

const checkpointEverySteps = 10;
/** Above this the model has lost so much on general text that people are warned (the mission's CF). */
const forgettingLimit = 1.1;
/** How soon a trainer that is pausing is ended when the run is cancelled meanwhile. */
const lookEveryMs = 100;

type Trained = Extract<TrainerEvent, { type: 'trained' }>;

/**
 * Trains a run that is prepared, in a process of its own, from its checkpoint where it has one, and takes the adapter in.
 *
 * Where the job is told to stop, the trainer writes a checkpoint and ends, or is ended at once where the run is cancelled; the stage is
 * then still `training`. Where a graphics card breaks it, it goes on from its checkpoint on the processor. Throws TRAINING_TOO_BIG, TRAINING_UNSUPPORTED and TRAINING_FAILED, after which the run can be taken up again.
 */
export async function trainRun(tools: TrainingTools, at: RunAtWork): Promise<void> {
	const order = await orderOf(tools, at);
	let trained: Trained | null;
	try {
		trained = await trainOnce(tools, at, order);
	} catch (error) {
		if (at.job.signal.aborted || !isCardFailure(error, order)) throw error;
		tools.log.warn({ err: error, runId: at.row.id }, 'a training goes on without the graphics card');
		at.recorder.line('cardFailed', {});
		trained = await trainOnce(tools, at, { ...order, device: 'processor' });
	}
	if (trained && !at.job.signal.aborted) await takeIn(tools, at, trained);
}

async function trainOnce(tools: TrainingTools, at: RunAtWork, order: TrainOrder): Promise<Trained | null> {
	const { job } = at;
	const trainer = tools.startTrainer(order);
	const stop = () => void stopTrainer(trainer, job);
	job.signal.addEventListener('abort', stop, { once: true });
	if (job.signal.aborted) stop();
	try {
		return await new Following(tools, at).follow(trainer);
	} finally {
		job.signal.removeEventListener('abort', stop);
		tools.measuring.delete(at.row.id);
		// Whatever ended the reading, no trainer stays behind.
		await trainer.kill();
	}
}

/** Lets a trainer come to a checkpoint; ends it at once where nobody wants that. */
async function stopTrainer(trainer: TrainerProcess, job: RunAtWork['job']): Promise<void> {
	if (job.stopped === 'cancel') return await trainer.kill();
	const looking = setInterval(() => {
		if (job.stopped === 'cancel') trainer.kill();
	}, lookEveryMs);
	try {
		await trainer.pause();
	} finally {
		clearInterval(looking);
	}
}

async function orderOf(tools: TrainingTools, { job, row, model }: RunAtWork): Promise<TrainOrder> {
	const machine = await tools.engine.machine();
	const mostBytes = trainingMemory(machine);
	// A graphics card takes the model into its own memory; there the trainer itself tells what does not fit.
	const device = deviceFor(row.settings, machine);
	if (device === 'processor' && mostBytes <= model.sizeBytes) throw failure('TRAINING_TOO_BIG', { neededBytes: model.sizeBytes, freeBytes: mostBytes });
	const files = tools.folders.ofRun(row.id);
	const heldOut = (await stat(files.validation)).size > emptyFileBytes;
	job.signal.throwIfAborted();
	return {
		kind: 'train',
		modelPath: model.path,
		trainingFile: files.training,
		validationFile: heldOut ? files.validation : null,
		generalFile: files.general,
		folder: files.folder,
		settings: row.settings,
		threads: trainingThreads(row.settings.threads, tools.engineThreads(), machine.physicalCores),
		mostBytes: Math.max(1, mostBytes),
		checkpointEverySteps,
		device,
		metadata: { 'general.name': row.title },
	};
}

/** A mark and an end, and nothing between (exampleFile.ts). */
const emptyFileBytes = 8;

/** What a trainer tells, on its way into the run's rows. */
class Following {
	readonly #tools: TrainingTools;
	readonly #at: RunAtWork;
	#totalSteps = 0;
	#since: number;
	#tokens = 0;
	#warned: boolean;

	constructor(tools: TrainingTools, at: RunAtWork) {
		this.#tools = tools;
		this.#at = at;
		this.#since = tools.now();
		this.#warned = (readNow(tools.db, at.job.ownerId, at.row.id).forgetting ?? 0) > forgettingLimit;
	}

	/** Reads to the trainer's end; null where it ended without an adapter because it was told to. */
	async follow(trainer: TrainerProcess): Promise<Trained | null> {
		const { job, recorder } = this.#at;
		try {
			for await (const event of trainer.events()) {
				if (event.type === 'trained') {
					this.#keepUse();
					return event;
				}
				this.#take(event);
			}
		} catch (error) {
			// It was ended on purpose.
			if (!job.signal.aborted) throw error;
		}
		// After a cancel nothing is written any more.
		if (job.stopped !== 'cancel') recorder.flush();
		if (!job.signal.aborted) throw failure('TRAINING_FAILED', { kind: 'ended', detail: 'The trainer ended before it had trained.' });
		return null;
	}

	#take(event: TrainerEvent): void {
		const { recorder, job } = this.#at;
		this.#noteMeasuring(event);
		switch (event.type) {
			case 'started':
				this.#totalSteps = event.totalSteps;
				recorder.goBackTo(event.fromStep);
				recorder.set({ totalSteps: event.totalSteps, step: event.fromStep });
				recorder.line(event.fromStep > 0 ? 'resumed' : this.#at.row.totalSteps === null ? 'started' : 'restarted', {
					step: event.fromStep,
					steps: event.totalSteps,
					device: event.device,
				});
				if (event.onProcessor) recorder.line(event.onProcessor, {});
				recorder.flush();
				break;
			case 'step':
				this.#tokens += event.tokens;
				recorder.point(event.step, {
					loss: event.loss,
					learningRate: event.learningRate,
					tokensPerSecond: event.tokensPerSecond,
					memoryBytes: event.memoryBytes,
					vramBytes: event.vramBytes,
				});
				recorder.set({ step: event.step });
				tellProgress(job, 'training', event.step / Math.max(1, this.#totalSteps));
				break;
			case 'evaluation':
				this.#takeEvaluation(event);
				break;
			case 'saved':
				this.#keepUse();
				recorder.line('saved', { step: event.step });
				break;
			case 'paused':
				this.#keepUse();
				recorder.set({ step: event.step });
				recorder.line('stopped', { step: event.step });
				break;
			default:
				// Progress, and what no training says.
				break;
		}
	}

	/** Tells how far a measurement is, which takes minutes on a small machine. */
	#noteMeasuring(event: TrainerEvent): void {
		const { measuring, changed } = this.#tools;
		const { row } = this.#at;
		if (event.type === 'progress' && event.stage === 'evaluating') measuring.set(row.id, event.fraction);
		else if (!measuring.delete(row.id)) return;
		changed(row.ownerId, row.id);
	}

	#takeEvaluation({ step, validationLoss, forgetting, best }: Extract<TrainerEvent, { type: 'evaluation' }>): void {
		const { recorder } = this.#at;
		recorder.point(step, { validationLoss, forgetting });
		if (best && step > 0) recorder.line('best', { step, ...(validationLoss !== null && { validationLoss }) });
		if (forgetting > forgettingLimit && !this.#warned) recorder.line('forgetting', { step, forgetting });
		this.#warned ||= forgetting > forgettingLimit;
	}

	/** What was used up to a checkpoint counts; what is done again after a crash counts once. */
	#keepUse(): void {
		const { recorder } = this.#at;
		const now = this.#tools.now();
		const { trainedTokens, trainingMs } = recorder.kept;
		recorder.kept = { ...recorder.kept, trainedTokens: trainedTokens + this.#tokens, trainingMs: trainingMs + now - this.#since };
		this.#tokens = 0;
		this.#since = now;
	}
}

/** Takes the finished adapter in; it and the run's next stage are written together. */
async function takeIn(tools: TrainingTools, { job, row, recorder }: RunAtWork, trained: Trained): Promise<void> {
	recorder.flush();
	const points = readPoints(tools.db, job.ownerId, row.id, { afterStep: -1 });
	const measured = points.filter(({ forgetting }) => forgetting !== null);
	const best = measured.findLast(({ step }) => step <= trained.bestStep) ?? measured.at(-1);
	const outcome: RunOutcome = {
		bestStep: trained.bestStep,
		validationLoss: best?.validationLoss ?? null,
		firstValidationLoss: points.find(({ step }) => step === 0)?.validationLoss ?? null,
		forgetting: best?.forgetting ?? null,
		stoppedEarly: trained.stoppedEarly,
		...{ trainedTokens: recorder.kept.trainedTokens, trainingMs: recorder.kept.trainingMs },
		...{ before: null, after: null, safety: null },
	};
	if (trained.stoppedEarly) recorder.line('early', { step: trained.step });
	recorder.line('trained', { step: trained.step, bestStep: trained.bestStep });
	await tools.adapters.takeTrained({ run: row, outcome, file: trained.adapterPath, baseDigest: trained.baseDigest }, (adapterId, insert) => {
		recorder.set({ adapterId, outcome, step: trained.step, stage: 'comparing' });
		recorder.flush(insert);
	});
}
