import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isFailure } from '#contract/errors.ts';
import type { RunEstimate, RunOrder } from '#contract/finetune.ts';
import type { Model } from '#contract/library.ts';
import { fewExamples } from '#contract/settingsOfIntent.ts';
import type { GgufFacts } from '../library/gguf/gatherFacts.ts';
import { deviceFor } from './deviceFor.ts';
import { encodeExamples, encodeGeneralText, rowTokensFor } from './encodeExamples.ts';
import { isCardFailure } from './isCardFailure.ts';
import { splitVersion } from './prepareRun.ts';
import { refuseTooLong } from './refuseTooLong.ts';
import { rowStep } from './trainer/Row.ts';
import type { ProbeOrder, TrainerEvent } from './trainer/trainerContract.ts';
import { trainingMemory } from './trainingMemory.ts';
import { trainingThreads } from './trainingThreads.ts';
import type { TrainingTools } from './trainingTools.ts';

/** Longer than a night. */
const slowMs = 8 * 60 * 60 * 1000;
const shortestRow = 32;
/** How far the tokens are is told this many milliseconds apart. */
const tellMs = 250;

type Stage = 'encoding' | 'loading' | 'stepping';
/** How much of the whole each stage is, so that the one fraction only grows: from, and up to. */
const shareOf: Record<Stage, readonly [number, number]> = { encoding: [0, 0.3], loading: [0.3, 0.6], stepping: [0.6, 1] };

export type EstimateEvent = { type: 'progress'; fraction: number; stage: Stage } | { type: 'estimate'; estimate: RunEstimate };
/** What two steps took; `steps` are none where it is plain before that they do not fit. */
interface Tried {
	steps: Extract<TrainerEvent, { type: 'probed' }> | null;
	neededBytes: number;
}
interface Encoded {
	longest: number;
	lengths: number[];
	learnt: number;
	heldOut: number;
	tooLong: number;
}
type Tools = Pick<TrainingTools, 'db' | 'engine' | 'engineThreads' | 'library' | 'folders' | 'textFolder' | 'startTrainer'> & {
	facts(modelId: string): Promise<GgufFacts>;
};

/**
 * Tells what a run would take, from two steps that are really taken in a process like the training's own, and how far that is.
 *
 * Rows are lowered to the longest example, which changes nothing that is learnt, and where memory does not do, further, by halves, as
 * long as most examples still fit; both are told in `notes`. Where even that is too big, `kind` says so with what is needed and free.
 * Nothing is left on the disk. Throws TRAINING_UNSUPPORTED, TRAINING_FAILED, DATASET_INVALID, EXAMPLES_TOO_LONG, and what encoding throws.
 */
export async function* estimateRun(tools: Tools, ownerId: string, order: RunOrder, signal: AbortSignal): AsyncGenerator<EstimateEvent> {
	const folder = tools.folders.work(randomUUID());
	await mkdir(folder, { recursive: true, mode: 0o700 });
	try {
		yield* new Estimating(tools, ownerId, order, folder, signal).run();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

class Estimating {
	readonly #tools: Tools;
	readonly #ownerId: string;
	readonly #order: RunOrder;
	readonly #left = new AbortController();
	readonly #signal: AbortSignal;
	readonly #model: Model;
	/** How far all of it is, and how far it was when this try began: rows that are lowered are another try. */
	#told = 0;
	#triedFrom = 0;
	readonly #notes = new Set<RunEstimate['notes'][number]>();
	readonly #files: { training: string; validation: string; general: string };

	constructor(tools: Tools, ownerId: string, order: RunOrder, folder: string, signal: AbortSignal) {
		this.#tools = tools;
		this.#ownerId = ownerId;
		this.#order = order;
		this.#signal = AbortSignal.any([signal, this.#left.signal]);
		this.#model = tools.library.get(order.modelId);
		const file = (name: string) => join(folder, `${name}.examples`);
		this.#files = { training: file('training'), validation: file('validation'), general: file('general') };
	}

	async *run(): AsyncGenerator<EstimateEvent> {
		const { settings } = this.#order;
		const most = Math.min(settings.rowTokens, this.#model.contextTokens ?? settings.rowTokens);
		let examples = yield* this.#encode(most);
		let rowTokens = rowTokensFor(examples.longest, most);
		if (most < settings.rowTokens) this.#notes.add('rowTokensReduced');
		else if (rowTokens < most) this.#notes.add('rowTokensToLongest');
		for (;;) {
			// Just before: encoding may have taken minutes, in which others took memory.
			const { physicalCores, ...machine } = await this.#tools.engine.machine();
			const freeBytes = trainingMemory(machine);
			const probed = yield* this.#probe(rowTokens, examples.heldOut > 0, {
				mostBytes: freeBytes,
				device: deviceFor(this.#order.settings, machine),
				threads: trainingThreads(this.#order.settings.threads, this.#tools.engineThreads(), physicalCores),
			});
			if (this.#signal.aborted) return;
			const lower = probed.neededBytes <= freeBytes ? null : lowerRow(rowTokens, examples.lengths);
			if (lower === null) return yield { type: 'estimate', estimate: await this.#sumUp(examples, rowTokens, probed, freeBytes) };
			this.#notes.add('rowTokensReduced');
			rowTokens = lower;
			this.#triedFrom = this.#told;
			examples = yield* this.#encode(rowTokens);
		}
	}

	async #sumUp(examples: Encoded, rowTokens: number, { steps, neededBytes }: Tried, freeBytes: number): Promise<RunEstimate> {
		const { settings, modelId } = this.#order;
		const { learnt, heldOut, tooLong } = examples;
		// What comes after it, a few dozen answers, depends on how the model is loaded then.
		const totalMs = steps ? steps.stepMs * steps.totalSteps + steps.evaluationMs * steps.evaluations : 0;
		if (tooLong > 0) this.#notes.add('examplesTooLong');
		if (learnt + heldOut < fewExamples) this.#notes.add('fewExamples');
		if (heldOut === 0) this.#notes.add('noValidation');
		if (totalMs > slowMs) this.#notes.add('slow');
		// That there is no card is no surprise.
		if (steps?.onProcessor && steps.onProcessor !== 'noCard') this.#notes.add(steps.onProcessor);
		return {
			settings: { ...settings, rowTokens },
			notes: [...this.#notes],
			kind: neededBytes <= freeBytes ? 'fits' : 'tooBig',
			...{ neededBytes, freeBytes, vramBytes: steps?.vramBytes ?? null, diskBytes: diskBytes(await this.#tools.facts(modelId), settings) },
			...{ examples: learnt, heldOut, tooLong },
			...{ totalSteps: steps?.totalSteps ?? 0, stepMs: steps?.stepMs ?? 0, totalMs },
			...{ tokensPerSecond: steps?.tokensPerSecond ?? 0, device: steps?.device ?? '' },
		};
	}

	/** How far a stage is, 0..1, as a part of the whole. */
	#progress(stage: Stage, fraction: number): EstimateEvent {
		const [from, until] = shareOf[stage];
		const ofTry = from + (until - from) * fraction;
		this.#told = Math.max(this.#told, this.#triedFrom + (1 - this.#triedFrom) * ofTry);
		return { type: 'progress', fraction: this.#told, stage };
	}

	/** Makes tokens of the examples, and tells how far that is. */
	async *#encode(rowTokens: number): AsyncGenerator<EstimateEvent, Encoded> {
		let fraction = 0;
		const encoding = this.#write(rowTokens, (done) => {
			fraction = done;
		});
		// Its failure is thrown where it is returned.
		const ended = encoding.then(
			() => true,
			() => true,
		);
		let isOver = false;
		try {
			while (!isOver) {
				yield this.#progress('encoding', fraction);
				isOver = await Promise.race([ended, wait(tellMs, false)]);
			}
		} finally {
			// Nobody listens any more: the folder that it writes into goes next.
			if (!isOver) this.#left.abort();
			await ended;
		}
		return encoding;
	}

	async #write(rowTokens: number, each: (fraction: number) => void): Promise<Encoded> {
		const { engine, textFolder } = this.#tools;
		const { modelId, versionId, settings } = this.#order;
		const { learning, heldOut } = await splitVersion(this.#tools, { ownerId: this.#ownerId, versionId, settings });
		const order = { ownerId: this.#ownerId, modelId, rowTokens };
		const lists = [
			{ chats: learning.map(({ turns }) => turns), file: this.#files.training },
			{ chats: heldOut.map(({ turns }) => turns), file: this.#files.validation },
		];
		const [training, validation] = await encodeExamples(engine, { ...order, lists }, this.#signal, (done) => each(done / (learning.length + heldOut.length)));
		if (!training || !validation) throw new Error('a list of examples was not encoded');
		await encodeGeneralText(engine, { ...order, textFolder, file: this.#files.general }, this.#signal);
		const count = (written: boolean[]) => written.filter(Boolean).length;
		const learnt = count(training.written);
		refuseTooLong(training, rowTokens, settings.rowTokens);
		const written = [...training.written, ...validation.written];
		return {
			longest: Math.max(training.longest, validation.longest),
			lengths: [...training.lengths, ...validation.lengths],
			...{ learnt, heldOut: count(validation.written), tooLong: written.length - count(written) },
		};
	}

	/** Takes two steps, where the model alone leaves room for them. */
	async *#probe(rowTokens: number, isHeldOut: boolean, place: Pick<ProbeOrder, 'mostBytes' | 'device' | 'threads'>): AsyncGenerator<EstimateEvent, Tried> {
		const { sizeBytes, path } = this.#model;
		// A graphics card takes the model into its own memory; there the trainer itself tells what does not fit.
		if (place.device === 'processor' && sizeBytes > place.mostBytes) return { steps: null, neededBytes: sizeBytes };
		yield this.#progress('loading', 0);
		const { training: trainingFile, validation, general: generalFile } = this.#files;
		const settings = { ...this.#order.settings, rowTokens };
		const order: ProbeOrder = {
			...{
				kind: 'probe',
				modelPath: path,
				trainingFile,
				validationFile: isHeldOut ? validation : null,
				generalFile,
			},
			...{ settings, ...place, mostBytes: Math.max(1, place.mostBytes) },
		};
		try {
			for await (const event of this.#tools.startTrainer(order).events(this.#signal)) {
				if (event.type === 'probed') return { steps: event, neededBytes: event.peakBytes };
				if (event.type === 'progress') yield this.#progress(event.stage === 'loading' ? 'loading' : 'stepping', event.fraction);
			}
		} catch (error) {
			if (isFailure(error, 'TRAINING_TOO_BIG')) return { steps: null, neededBytes: Math.max(error.data.neededBytes, place.mostBytes + 1) };
			if (!isCardFailure(error, place)) throw error;
			this.#notes.add('cardFailed');
			return yield* this.#probe(rowTokens, isHeldOut, { ...place, device: 'processor' });
		}
		// It was ended by `signal`.
		return { steps: null, neededBytes: 0 };
	}
}

/** Half of a row, in whole steps of the trainer; null where that is too short, or for most examples. */
function lowerRow(rowTokens: number, lengths: readonly number[]): number | null {
	const lower = Math.floor(rowTokens / 2 / rowStep) * rowStep;
	const fitting = lengths.filter((length) => length <= lower).length;
	return lower < shortestRow || fitting * 2 < lengths.length ? null : lower;
}

/** The adapter, the best one so far, and two checkpoints of its values with both moments: one is written while the other is there. Of F32 values. */
function diskBytes(facts: GgufFacts, { rank, targets }: RunEstimate['settings']): number {
	const { embeddingLength: width, headCount, keyLength, headCountKv, valueLength, feedForwardLength, blockCount } = facts;
	const [queries, keys, values] = [headCount * keyLength, headCountKv * keyLength, headCountKv * valueLength];
	const sides = {
		q: width + queries,
		k: width + keys,
		v: width + values,
		o: headCount * valueLength + width,
		gate: width + feedForwardLength,
		up: width + feedForwardLength,
		down: feedForwardLength + width,
	};
	const adapterBytes = 4 * rank * blockCount * targets.reduce((sum, target) => sum + sides[target], 0);
	return adapterBytes * (1 + 1 + 2 * 3);
}
