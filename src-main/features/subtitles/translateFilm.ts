import { eq, inArray, isNotNull } from 'drizzle-orm';
import { isFailure, toFailureRecord } from '#contract/errors.ts';
import type { Term } from '#contract/glossary.ts';
import { rulesOf } from '#contract/readingRules.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { type JobItem, type JobKind, JobPaused, type JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { putBack } from '../../platform/subtitles/putBack.ts';
import { type AdapterShelf, type Models, type OpenAdapter, pauseFor } from '../engine/engine.ts';
import { type Allotment, HoldShare, type Ledger, pausedAfter, releaseJobHold } from '../ledger/ledger.ts';
import { askModel } from './askModel.ts';
import { type BatchCue, batchCueOf } from './BatchCue.ts';
import type { CueActs } from './CueActs.ts';
import { type CueOutcome, FilmBook } from './FilmBook.ts';
import { type FilmSpec, readFilmSpec } from './filmSpec.ts';
import { type Glossaries, readTerms } from './Glossaries.ts';
import { isTooLong } from './isTooLong.ts';
import { markupOf } from './markupOf.ts';
import { nearCues, saidIn } from './nearCues.ts';
import { openFilmHold } from './openFilmHold.ts';
import { type CueRow, ofCues, type ProjectRow, readCueRows, readProject } from './projectRows.ts';
import { proposeTerms } from './proposeTerms.ts';
import { cue, subtitleProject } from './schema.ts';
import { shareOut } from './shareOut.ts';
import type { TranslationMemory } from './TranslationMemory.ts';
import { termsIn } from './termsIn.ts';
import { type CueResult, translateBatch } from './translateBatch.ts';
import type { NearCue, SubtitlePrompts } from './translatePrompt.ts';

/** Like translations that are shown beside a batch. */
const mostLike = 4;

/** What translating needs around it. `changed` is called after each change of cues' rows. */
export interface FilmTools {
	db: Db;
	engine: Models;
	library: { get(modelId: string): { name: string } };
	ledger: Ledger;
	adapters: AdapterShelf;
	prompts: SubtitlePrompts;
	acts: CueActs;
	memory: TranslationMemory;
	glossaries: Glossaries;
	log: Logger;
	changed(projectId: string, cueIds: readonly string[]): void;
}

/**
 * The job that translates a film, or finds its terms: one item for each batch of cues, as many at a time as the model was loaded for.
 *
 * The cues of a batch and its item are stored together, with what they cost, so that after a crash it goes on at the batch where it stopped and
 * charges nothing twice. A cue that cannot be translated fails its item, and stays untranslated alone: the rest of its batch is kept. An
 * engine that dies is started once more for a batch before that fails. What a person settles while a batch is asked for is left as it is.
 *
 * It is paid for from one hold (openFilmHold.ts), and pauses itself where that and the balance run out, or its owner may not use the model or
 * the adapter any more. While it is paused it holds nothing.
 */
export function translateFilm(tools: FilmTools): JobKind {
	return {
		kind: 'subtitles',
		concurrency: 1,
		run: (run) => new FilmRun(tools, run).run(),
		ended: ({ id, ownerId }, tx) => {
			releaseJobHold(tools.ledger, id, tx);
			putBackAll(tx, ownerId, id);
		},
		rested: ({ id }, tx) => releaseJobHold(tools.ledger, id, tx),
		resumed: ({ spec, ...job }, tx) => void openFilmHold(tools, { ...job, spec: readFilmSpec(spec) }, tx, tx),
		nameItem: (spec, subjectId, ownerId) => namesOfFailed(tools.db, ownerId, readFilmSpec(spec), subjectId),
	};
}

/** The numbers of the cues of a batch that failed: the batch's own name only where they all did, or none is left that did. */
function namesOfFailed(db: Db, ownerId: string, { projectId, batches }: FilmSpec, subjectId: string): string | null {
	const batch = batches.find(({ cueIds }) => cueIds[0] === subjectId);
	if (!batch) return null;
	const failed = new Set(readCueRows(db, ownerId, projectId, batch.cueIds).flatMap(({ id, status }) => (status === 'failed' ? [id] : [])));
	if (failed.size === 0 || failed.size === batch.cueIds.length) return batch.name;
	const order = new Map(readCueRows(db, ownerId, projectId).map(({ id }, at) => [id, at + 1]));
	return [...failed].map((id) => order.get(id)).join(', ');
}

/** What was to be translated anew, and was not reached, is what it was. */
function putBackAll(tx: Tx, ownerId: string, jobId: string): void {
	const its = owned(subtitleProject, ownerId, eq(subtitleProject.jobId, jobId));
	const project = tx.select({ id: subtitleProject.id }).from(subtitleProject).where(its).get();
	if (!project) return;
	const open = inArray(cue.status, ['waiting', 'running']);
	tx.update(cue)
		.set({ status: 'translated' })
		.where(ofCues(ownerId, project.id, open, isNotNull(cue.target)))
		.run();
	tx.update(cue)
		.set({ status: 'waiting' })
		.where(ofCues(ownerId, project.id, eq(cue.status, 'running')))
		.run();
}

class FilmRun {
	readonly #tools: FilmTools;
	readonly #run: JobRun;
	readonly #spec: FilmSpec;
	/** Ends the others when one of those that work side by side comes to grief. */
	readonly #broken = new AbortController();
	readonly #signal: AbortSignal;
	readonly #project: ProjectRow;
	/** All cues of the film by their ids: where they stand. */
	readonly #places: Map<string, number>;
	readonly #order: string[];
	#adapter: OpenAdapter | null = null;
	#terms: Term[] = [];
	#like: ReturnType<TranslationMemory['open']>['like'] = () => [];
	/** Where what comes of batches is written down; before the job has begun there is none. */
	#openBook: FilmBook | null = null;

	constructor(tools: FilmTools, run: JobRun) {
		this.#tools = tools;
		this.#run = run;
		this.#spec = readFilmSpec(run.spec);
		this.#signal = AbortSignal.any([run.signal, this.#broken.signal]);
		const { projectId, targetLanguage, rulesId, glossaryId } = this.#spec;
		// As it was when the job was queued, in all that the translation rests on.
		this.#project = { ...readProject(tools.db, run.ownerId, projectId, true), targetLanguage, rulesId, glossaryId };
		this.#order = readCueRows(tools.db, run.ownerId, projectId).map(({ id }) => id);
		this.#places = new Map(this.#order.map((id, at) => [id, at]));
	}

	async run(): Promise<void> {
		try {
			await this.#doAll();
		} catch (error) {
			throw pauseFor(error) ?? error;
		}
	}

	async #doAll(): Promise<void> {
		const { db, ledger, adapters, engine, glossaries, memory } = this.#tools;
		const { id, ownerId } = this.#run;
		const { adapter, modelId, glossaryId } = this.#spec;
		const items = this.#run.pendingItems();
		const hold = openFilmHold(this.#tools, { id, ownerId, spec: this.#spec, subjectIds: items.map(({ subjectId }) => subjectId) }, db);
		this.#openBook = new FilmBook(this.#tools, this.#run, { project: this.#project, pass: this.#spec.pass, holdId: hold.id });
		const share = new HoldShare(ledger, hold);
		this.#adapter = adapter && adapters.open(ownerId, adapter, modelId);
		const { parallel } = await engine.ensureRunning(ownerId, modelId, this.#signal);
		this.#terms = glossaries.confirmed(db, ownerId, glossaryId);
		this.#like = memory.open(db, this.#project).like;
		const next = shareOut(items, parallel);
		const ended = await Promise.allSettled(Array.from({ length: parallel }, (_, worker) => this.#work(() => next(worker), share)));
		const broken = ended.find((worker) => worker.status === 'rejected');
		if (broken) throw broken.reason;
	}

	async #work(next: () => JobItem | undefined, share: HoldShare): Promise<void> {
		try {
			for (let item = next(); item && !this.#signal.aborted; item = next()) await this.#doItem(item, share.open());
		} catch (error) {
			this.#broken.abort(error);
			throw error;
		}
	}

	async #doItem({ position, subjectId }: JobItem, allotment: Allotment): Promise<void> {
		let charged = 0;
		let rows: CueRow[] = [];
		/** What of the batch was translated before it had to stop. */
		const kept = new Map<string, CueOutcome>();
		try {
			rows = this.#begin(subjectId);
			if (this.#spec.pass === 'glossary')
				charged = this.#book.keepTerms(position, this.#spec.glossaryId, await this.#twice(() => this.#findTerms(rows, allotment)), allotment);
			else charged = this.#book.complete(position, rows, await this.#twice(() => this.#translate(rows, allotment, kept)), allotment);
		} catch (error) {
			// Without memory for the adapter's context no other batch would fare better.
			const paused = pauseFor(error) ?? (this.#adapter && isFailure(error, 'MODEL_TOO_BIG') ? new JobPaused(error) : null);
			if (this.#signal.aborted || error instanceof LoadFailed || paused) {
				charged = this.#book.putBack(position, rows, kept, allotment);
				if (error instanceof LoadFailed) throw error.cause;
				if (paused) throw pausedAfter(paused, charged);
				return;
			}
			if (!isFailure(error)) this.#tools.log.error({ err: error, cueId: subjectId }, 'a batch of cues could not be translated');
			charged = this.#book.complete(position, rows, null, allotment, toFailureRecord(error, subjectId));
		} finally {
			allotment.close(charged);
		}
	}

	get #book(): FilmBook {
		if (!this.#openBook) throw new Error('the job has not begun');
		return this.#openBook;
	}

	/** The cues of a batch that are still to be done: a person may have settled some of them meanwhile. */
	#begin(subjectId: string): CueRow[] {
		const { projectId, batches, pass } = this.#spec;
		const ids = batches.find(({ cueIds }) => cueIds[0] === subjectId)?.cueIds ?? [];
		const rows = readCueRows(this.#tools.db, this.#run.ownerId, projectId, ids);
		if (pass === 'glossary') return rows;
		const open = rows.filter(({ isApproved, status }) => !isApproved && status !== 'translated');
		this.#book.begin(open);
		return open;
	}

	/** Does something, and once more where the engine went away meanwhile: it may have been another request that brought it down. */
	async #twice<T>(act: () => Promise<T>): Promise<T> {
		try {
			return await act();
		} catch (error) {
			const wentAway = isFailure(error, 'MODEL_WORKER_CRASHED') || isFailure(error, 'MODEL_NOT_RUNNING');
			if (!wentAway || this.#signal.aborted) throw error;
			await this.#loadAgain();
			return await act();
		}
	}

	async #loadAgain(): Promise<void> {
		try {
			await this.#tools.engine.ensureRunning(this.#run.ownerId, this.#spec.modelId, this.#signal);
		} catch (error) {
			throw new LoadFailed('the model could not be loaded again', { cause: error });
		}
	}

	/** What came of each cue; where it throws, `kept` has those that were done by then. */
	async #translate(rows: readonly CueRow[], allotment: Allotment, kept: Map<string, CueOutcome>): Promise<Map<string, CueOutcome>> {
		const { prompts } = this.#tools;
		const cues = rows.map((row) => batchCueOf(this.#project, row, (this.#places.get(row.id) ?? 0) + 1));
		const known = new Map(cues.flatMap((each) => this.#fromMemory(each)));
		const left = cues.filter(({ row }) => !known.has(row.id));
		if (left.length === 0) return known;
		const film = { brief: this.#spec, markup: markupOf(this.#project.format), rules: rulesOf(this.#project) };
		const matter = { ...this.#near(left), terms: termsIn(this.#terms, left.map(({ text }) => text).join('\n')), memory: this.#likeOnes(left), hint: '' };
		const all = (told: Map<string, CueResult>) => [...known, ...[...told].map(([id, result]): [string, CueOutcome] => [id, { ...result, origin: 'model' }])];
		const stopped = (told: Map<string, CueResult>) => {
			for (const [id, outcome] of all(told)) kept.set(id, outcome);
		};
		return new Map(all(await translateBatch({ ask: this.#ask(allotment), prompts, film }, left, matter, stopped)));
	}

	/** What was approved before for a cue that says the same, with as many tags. */
	#fromMemory({ row, lifted }: BatchCue): [string, CueOutcome][] {
		const found = this.#tools.memory.findExact(this.#tools.db, this.#project, lifted.text);
		if (!found) return [];
		const { raw: target, faults } = putBack(markupOf(this.#project.format), lifted, found.target);
		if (faults.length > 0) return [];
		return [
			[row.id, { kind: 'translated', target, tagFaults: [], isTooLong: isTooLong(target, row, rulesOf(this.#project)), confidence: null, origin: 'memory' }],
		];
	}

	#likeOnes(cues: readonly BatchCue[]) {
		const found = cues.flatMap(({ text }) => this.#like(text, 1));
		const once = new Map(found.map((hit) => [hit.source, hit]));
		return [...once.values()].sort((a, b) => b.fraction - a.fraction).slice(0, mostLike);
	}

	/** The cues before and after a batch, with what they are translated as by now. */
	#near(cues: readonly BatchCue[]): { before: NearCue[]; after: NearCue[] } {
		const { windowCues, projectId } = this.#spec;
		const [first = 0, last = 0] = [cues[0], cues.at(-1)].map((each) => this.#places.get(each?.row.id ?? '') ?? 0);
		const read = (from: number, to: number) =>
			nearCues(this.#project, readCueRows(this.#tools.db, this.#run.ownerId, projectId, this.#order.slice(Math.max(0, from), to)));
		return { before: read(first - windowCues, first), after: read(last + 1, last + 1 + windowCues) };
	}

	#ask(allotment: Allotment) {
		const who = { modelId: this.#spec.modelId, ownerId: this.#run.ownerId, adapter: this.#adapter };
		return askModel({ engine: this.#tools.engine, purse: allotment }, who, this.#signal);
	}

	#findTerms(rows: readonly CueRow[], allotment: Allotment) {
		const { db, prompts } = this.#tools;
		const texts = rows.map(({ source }) => saidIn(this.#project, source));
		const all = this.#spec.glossaryId === null ? [] : readTerms(db, this.#run.ownerId, this.#spec.glossaryId);
		const known = termsIn(all, texts.join('\n')).map(({ source }) => source);
		return proposeTerms(this.#ask(allotment), prompts, this.#spec, texts, known);
	}
}

/** The engine went away and did not come back: no other batch would fare better. */
class LoadFailed extends Error {}
