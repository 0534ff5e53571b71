import { failure, isFailure } from '#contract/errors.ts';
import { isJobOver } from '#contract/isJobOver.ts';
import type { Job } from '#contract/jobs.ts';
import type { NamedModel } from '#contract/library.ts';
import type { TranslateOrder } from '#contract/subtitles.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { AdapterShelf, Models } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { requireModel } from '../library/library.ts';
import { countRatios, type FilmCost, filmCost, type TokenRatios } from './filmCost.ts';
import type { FilmSpec } from './filmSpec.ts';
import { openFilmHold } from './openFilmHold.ts';
import { countHandwritten, planFilm } from './planFilm.ts';
import { type CueRow, ofChosenCues, ofProject, type ProjectRow, readCueRows, readProject } from './projectRows.ts';
import { cue, subtitleProject } from './schema.ts';
import type { SubtitlePrompts } from './translatePrompt.ts';

interface OrderTools {
	db: Db;
	engine: Pick<Models, 'countTokens'>;
	jobs: JobRunner;
	ledger: Ledger;
	library: { get(modelId: string): NamedModel };
	adapters: AdapterShelf;
	prompts: SubtitlePrompts;
}

/** What translating is likely to cost. `handwritten`: what people wrote and did not approve (planFilm.ts). `isCounted`: by the model's own tokens; else, as it is not in memory, by letters. */
export type FilmEstimate = Omit<FilmCost, 'first'> & { cues: number; handwritten: number; isCounted: boolean };

/** Queues the jobs of films, and tells before what they are likely to cost. */
export class FilmOrders {
	readonly #tools: OrderTools;

	constructor(tools: OrderTools) {
		this.#tools = tools;
	}

	/** About what `start` would cost, for how many cues, and what there must be to begin. Throws NO_MODEL, and for an adapter what `start` does. */
	async estimate(ownerId: string, projectIds: readonly string[], order: TranslateOrder): Promise<FilmEstimate> {
		const { db, ledger, adapters, prompts } = this.#tools;
		if (order.modelId === '') throw failure('NO_MODEL', {});
		if (order.adapter) adapters.open(ownerId, order.adapter, order.modelId);
		const sum = { cues: 0, handwritten: 0, tokens: 0, least: 0, isCounted: true };
		for (const projectId of new Set(projectIds)) {
			const rows = readCueRows(db, ownerId, projectId);
			const spec = planFilm(readProject(db, ownerId, projectId), rows, order);
			const price = ledger.price('subtitles');
			const byLetters = filmCost(prompts, spec, spec.batches, rows, price);
			const ratios = await this.#ratiosOf(ownerId, spec, rows);
			sum.isCounted &&= ratios !== null;
			sum.handwritten += countHandwritten(rows, order);
			sum.cues += spec.batches.reduce((count, { cueIds }) => count + cueIds.length, 0);
			sum.tokens += ratios ? filmCost(prompts, spec, spec.batches, rows, price, ratios).tokens : byLetters.tokens;
			// As `start` has it.
			sum.least += byLetters.least;
		}
		return sum;
	}

	/** Null where the model is not in memory, or goes away meanwhile. */
	async #ratiosOf(ownerId: string, spec: FilmSpec, rows: readonly CueRow[]): Promise<TokenRatios | null> {
		const { engine, prompts } = this.#tools;
		try {
			return await countRatios(prompts, spec, rows, (text) => engine.countTokens(ownerId, spec.modelId, text));
		} catch (error) {
			if (isFailure(error)) return null;
			throw error;
		}
	}

	/**
	 * Queues a job for each project that has something to do, all of them or none. What it is likely to cost is set aside with it, or its first
	 * batch where there is less than that. Throws NO_MODEL, MODEL_MISSING, JOB_STATE while an earlier job of one is not over, and INSUFFICIENT_TOKENS; for an
	 * adapter NOT_FOUND, ADAPTER_MISSING or ADAPTER_UNFIT.
	 */
	start(ownerId: string, projectIds: readonly string[], order: TranslateOrder): void {
		const { db, library, adapters } = this.#tools;
		requireModel(library, order.modelId);
		if (order.adapter) adapters.open(ownerId, order.adapter, order.modelId);
		immediate(db, (tx) => {
			for (const projectId of new Set(projectIds)) {
				const project = readProject(tx, ownerId, projectId);
				this.refuseUnlessOver(project);
				const spec = planFilm(project, readCueRows(tx, ownerId, projectId), order);
				const subjectIds = spec.batches.map(({ cueIds: [first = ''] }) => first);
				if (subjectIds.length === 0) continue;
				const { modelId, adapter, pass } = order;
				const ids = spec.batches.flatMap(({ cueIds }) => cueIds);
				if (pass === 'translate')
					tx.update(cue)
						.set({ status: 'waiting', failure: null })
						.where(ofChosenCues(ownerId, projectId, ids))
						.run();
				const sizes = spec.batches.map(({ cueIds }) => cueIds.length);
				const job = this.#tools.jobs.enqueue({ kind: 'subtitles', ownerId, title: project.title, spec, subjectIds, sizes }, tx);
				tx.update(subtitleProject).set({ modelId, adapter, pass, jobId: job.id }).where(ofProject(ownerId, projectId)).run();
				openFilmHold(this.#tools, { id: job.id, ownerId, spec, subjectIds }, tx, tx);
			}
		});
	}

	/** The job of a project, as long as it is kept. */
	jobOf({ ownerId, jobId }: Pick<ProjectRow, 'ownerId' | 'jobId'>): Job | null {
		try {
			return jobId === null ? null : this.#tools.jobs.get(ownerId, jobId);
		} catch (error) {
			// Jobs that ended are not kept for ever.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	/** Whether a job goes on by itself: one that rests until a person resumes it holds nothing. */
	isAlive(ownerId: string, jobId: string): boolean {
		const job = this.jobOf({ ownerId, jobId });
		return job !== null && !isJobOver(job.state) && job.state !== 'paused';
	}

	refuseUnlessOver(project: ProjectRow): void {
		const job = this.jobOf(project);
		if (job && !isJobOver(job.state)) throw failure('JOB_STATE', { state: job.state });
	}
}
