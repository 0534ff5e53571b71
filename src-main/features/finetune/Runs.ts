import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { eq, isNotNull, lt } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';
import type { Run, RunComparison, RunLine, RunOrder, RunPoint } from '#contract/finetune.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { Job } from '#contract/jobs.ts';
import { immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { Places } from '../../platform/process/Places.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { GgufFacts } from '../library/gguf/gatherFacts.ts';
import { readVersion } from './datasetRows.ts';
import { type EstimateEvent, estimateRun } from './estimateRun.ts';
import { refuseBroken } from './refuseBroken.ts';
import { findVersion, ofRun, type RunRow, readComparisons, readLines, readNow, readPoints, readRun, readRuns, shownComparison } from './runRows.ts';
import { finetuneRun } from './schema.ts';
import type { TrainingTools, trainSpec } from './trainingTools.ts';
import { trainKind } from './trainKind.ts';
import { whyUntrainable } from './whyUntrainable.ts';

/** Watchers are told this many milliseconds apart at least. */
const everyMs = 250;

type RunsOptions = Omit<TrainingTools, 'changed' | 'measuring'> & { jobs: JobRunner; facts(modelId: string): Promise<GgufFacts> };

/**
 * Trainings, each of one model with one version of a dataset.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. Make it before the jobs are started: it
 * registers the kind of job that trains. A run is paused, resumed and cancelled as that job.
 */
export class Runs {
	readonly #options: RunsOptions;
	/** Only while it goes on is of use, so it is not stored. */
	readonly #measuring = new Map<string, number>();
	/** Each estimate may take all memory that is free. */
	readonly #estimates = new Places({ most: 1, mostEach: 1 });
	readonly #listeners = new Set<(ownerId: string, runId: string) => void>();

	constructor(options: RunsOptions) {
		this.#options = options;
		options.jobs.register(trainKind({ ...options, measuring: this.#measuring, changed: (ownerId, runId) => this.#changed(ownerId, runId) }));
		options.jobs.onChange((job) => {
			if (job.kind === 'finetune') this.#followJob(job.ownerId, job.id);
		});
	}

	/** The owner's runs, newest first, now and again after each change. */
	async *watchAll(ownerId: string, signal?: AbortSignal): AsyncGenerator<Run[]> {
		for await (const _change of this.#changes((owner) => owner === ownerId, signal)) {
			yield readRuns(this.#options.db, ownerId).map((row) => this.#view(row));
			// An abort ends the stream itself; here it only ends the wait.
			await wait(everyMs, undefined, { signal }).catch(() => {});
		}
	}

	/**
	 * One run with its points after a step and its lines after one, then again what changed. Points of steps that are taken once more come
	 * again and stand in place of the earlier ones; those after `run.step` are void then.
	 */
	async *watch(
		ownerId: string,
		runId: string,
		after: { step: number; line: number },
		signal?: AbortSignal,
	): AsyncGenerator<{ run: Run; points: RunPoint[]; lines: RunLine[] }> {
		const { db } = this.#options;
		readRun(db, ownerId, runId);
		let line = after.line;
		let since: number | null = null;
		for await (const _change of this.#changes((owner, id) => owner === ownerId && id === runId, signal)) {
			const points = readPoints(db, ownerId, runId, since === null ? { afterStep: after.step } : { changedSince: since });
			const lines = readLines(db, ownerId, runId, line);
			since = points.reduce((latestAt, { at }) => Math.max(latestAt, at), since ?? 0);
			line = lines.at(-1)?.seq ?? line;
			yield { run: this.#view(readRun(db, ownerId, runId)), points, lines };
			await wait(everyMs, undefined, { signal }).catch(() => {});
		}
	}

	/**
	 * What a run would take (estimateRun.ts), one after another for all who ask. Throws TRAINING_UNSUPPORTED, NOT_FOUND, MODEL_MISSING and MODEL_DAMAGED
	 * before anything is done.
	 */
	async *estimate(ownerId: string, order: RunOrder, signal?: AbortSignal): AsyncGenerator<EstimateEvent> {
		this.#check(ownerId, order);
		yield { type: 'progress', fraction: 0, stage: 'encoding' };
		const left = new AbortController();
		const leave = await this.#estimates.take(ownerId, signal);
		const release = this.#options.modelsAtWork.hold(order.modelId);
		try {
			yield* estimateRun(this.#options, ownerId, order, AbortSignal.any([left.signal, ...(signal ? [signal] : [])]));
		} finally {
			left.abort();
			release();
			leave();
		}
	}

	/** Queues a run. Throws NOT_FOUND for a version or a model that is not the owner's to use, TRAINING_UNSUPPORTED, MODEL_MISSING and MODEL_DAMAGED. */
	start(ownerId: string, order: RunOrder): Run {
		const { db, jobs, now } = this.#options;
		const model = this.#check(ownerId, order);
		const id = randomUUID();
		const row = immediate(db, (tx) => {
			const spec = { runId: id } satisfies typeof trainSpec._output;
			const { id: jobId } = jobs.enqueue({ kind: 'finetune', ownerId, title: order.title, spec }, tx);
			const fields = { ...order, id, ownerId, modelName: model.name, jobId, stage: 'preparing' as const, createdAt: now() };
			return tx.insert(finetuneRun).values(fields).returning().get();
		});
		this.#changed(ownerId, id);
		return this.#view(row);
	}

	/** The held-out examples that both sides have answered, those that changed most first. */
	comparisons(ownerId: string, runId: string): RunComparison[] {
		readRun(this.#options.db, ownerId, runId);
		const shown = readComparisons(this.#options.db, ownerId, runId).flatMap((row) => shownComparison(row) ?? []);
		const change = ({ scoreBefore, scoreAfter }: RunComparison) => Math.abs(scoreAfter - scoreBefore);
		return shown.sort((a, b) => change(b) - change(a));
	}

	/** Hides a run that is over; it can be brought back until it is purged. Throws JOB_STATE. */
	remove(ownerId: string, runId: string): void {
		const { db, now } = this.#options;
		const { state } = this.#jobOf(readRun(db, ownerId, runId));
		if (!isJobOver(state)) throw failure('JOB_STATE', { state });
		db.update(finetuneRun).set({ deletedAt: now() }).where(ofRun(ownerId, runId)).run();
		this.#changed(ownerId, runId);
	}

	restore(ownerId: string, runId: string): Run {
		const { db } = this.#options;
		readRun(db, ownerId, runId, true);
		db.update(finetuneRun).set({ deletedAt: null }).where(ofRun(ownerId, runId)).run();
		this.#changed(ownerId, runId);
		return this.#view(readRun(db, ownerId, runId));
	}

	/** Forgets what was hidden before `before`, and tells the ids of the runs whose files are still needed: those that are not done, nor cancelled. */
	purge(before: number): Set<string> {
		const { db } = this.#options;
		// Whoever's they are: nobody has asked for anything yet.
		db.delete(finetuneRun)
			.where(everyOwner(finetuneRun, isNotNull(finetuneRun.deletedAt), lt(finetuneRun.deletedAt, before)))
			.run();
		const left = db.select().from(finetuneRun).where(everyOwner(finetuneRun)).all();
		return new Set(left.filter((row) => row.stage !== 'done' && this.#jobOf(row).state !== 'cancelled').map(({ id }) => id));
	}

	/** All runs of an owner with what was measured and compared, hidden ones too, for the owner to take away. */
	exportOf(ownerId: string): unknown {
		const { db } = this.#options;
		const own = db.select().from(finetuneRun).where(owned(finetuneRun, ownerId)).orderBy(finetuneRun.createdAt).all();
		return own.map(({ ownerId: _ownerId, ...row }) => ({
			...row,
			points: readPoints(db, ownerId, row.id, { afterStep: -1 }),
			lines: readLines(db, ownerId, row.id, 0),
			comparisons: readComparisons(db, ownerId, row.id).map(({ runId: _runId, ...comparison }) => comparison),
		}));
	}

	/** Whether an owner has any run, hidden ones counted. */
	hasAny(ownerId: string): boolean {
		return this.#options.db.select({ id: finetuneRun.id }).from(finetuneRun).where(owned(finetuneRun, ownerId)).get() !== undefined;
	}

	/** Deletes all runs of an owner, in the transaction that deletes the owner; tells their ids, whose files are to be deleted after it. Their jobs have ended before. */
	removeAllOf(ownerId: string, tx: Tx): string[] {
		const gone = tx.delete(finetuneRun).where(owned(finetuneRun, ownerId)).returning({ id: finetuneRun.id }).all();
		return gone.map(({ id }) => id);
	}

	#check(ownerId: string, { modelId, versionId }: RunOrder) {
		const { db, engine, library } = this.#options;
		if (!engine.mayUse(ownerId, modelId)) throw failure('NOT_FOUND', { what: 'model' });
		const model = library.get(modelId);
		refuseBroken(model);
		const detail = whyUntrainable(model);
		if (detail !== null) throw failure('TRAINING_UNSUPPORTED', { name: model.name, detail });
		readVersion(db, ownerId, versionId);
		return model;
	}

	#view(row: RunRow): Run {
		const { ownerId, versionId, deletedAt: _deletedAt, jobId: _jobId, ...shown } = row;
		const { db } = this.#options;
		const measuring = this.#measuring.get(row.id) ?? null;
		return { ...shown, measuring, dataset: findVersion(db, ownerId, versionId), job: this.#jobOf(row), now: readNow(db, ownerId, row.id) };
	}

	#jobOf({ ownerId, jobId, stage }: RunRow): Run['job'] {
		try {
			const { id, state, failure: record }: Job = this.#options.jobs.get(ownerId, jobId);
			return { id, state, failure: record };
		} catch (error) {
			if (!isFailure(error, 'NOT_FOUND')) throw error;
			// Jobs that ended are not kept for ever.
			return { id: jobId, failure: null, state: stage === 'done' ? 'completed' : 'failed' };
		}
	}

	#followJob(ownerId: string, jobId: string): void {
		const isIt = owned(finetuneRun, ownerId, eq(finetuneRun.jobId, jobId));
		const row = this.#options.db.select({ id: finetuneRun.id }).from(finetuneRun).where(isIt).get();
		if (row) this.#changed(ownerId, row.id);
	}

	#changes(isMeant: (ownerId: string, runId: string) => boolean, signal?: AbortSignal): AsyncGenerator<null> {
		return latest<null>(
			(push) => {
				const listener = (ownerId: string, runId: string) => {
					if (isMeant(ownerId, runId)) push(null);
				};
				this.#listeners.add(listener);
				push(null);
				return () => this.#listeners.delete(listener);
			},
			{ signal },
		);
	}

	#changed(ownerId: string, runId: string): void {
		for (const listener of this.#listeners) listener(ownerId, runId);
	}
}
