import { asc, eq, lt, sql } from 'drizzle-orm';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { NamedModel } from '#contract/library.ts';
import type { CueVersion, SubtitleCue } from '#contract/subtitleCue.ts';
import type { ChangedCues, CueChange, MemoryHit, ProjectFields, RetranslateStep, SubtitleProject, TranslateOrder } from '#contract/subtitles.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import type { JobRunner, OwnedJob } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { ChangedRows } from '../../platform/rpc/ChangedRows.ts';
import type { Recogniser } from '../../platform/speech/Recogniser.ts';
import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { putBack } from '../../platform/subtitles/putBack.ts';
import { type AdapterShelf, type Models, noAdapters } from '../engine/engine.ts';
import { type Hold, jobOfHold, type Ledger } from '../ledger/ledger.ts';
import { CueActs } from './CueActs.ts';
import { deletedSubtitles } from './deletedSubtitles.ts';
import { exportProjects } from './exportProjects.ts';
import { type FilmEstimate, FilmOrders } from './FilmOrders.ts';
import { Glossaries } from './Glossaries.ts';
import { Intake } from './Intake.ts';
import { markupOf } from './markupOf.ts';
import { ProjectFiles } from './ProjectFiles.ts';
import { type CueRow, countCues, ofCues, ofProject, type ProjectRow, readCueRow, readCueRows, readProject, readProjects } from './projectRows.ts';
import { type RetranslateOrder, Retranslation } from './Retranslation.ts';
import { readSubtitleFile, type SubtitleSource } from './readSubtitleFile.ts';
import type { TextReplacement } from './replaceInText.ts';
import type { RetimeAct, Retiming } from './retimeProject.ts';
import { cue, glossary, subtitleProject, translationUnit } from './schema.ts';
import { type SettledFilm, settledTurns } from './settledTurns.ts';
import { showCues } from './showCues.ts';
import { TranslationMemory } from './TranslationMemory.ts';
import { translateFilm } from './translateFilm.ts';
import { readSubtitlePrompts, type SubtitlePrompts } from './translatePrompt.ts';

export { subtitleTexts } from './subtitleTexts.ts';

const mostHits = 5;

/** An operation as it comes, with its reference as the bytes of a file. */
export type RetimeOrderOfBytes = Exclude<RetimeAct, { kind: 'sync' }> | { kind: 'sync'; reference: SubtitleSource };

type Changed<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined };

/**
 * Subtitle files that are translated: by a model, cue by cue, and settled by a person.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. The file that came is kept as it is, so
 * that what is saved differs from it in the cues that were changed and in nothing else.
 */
export class Subtitles {
	readonly #db: Db;
	readonly #orders: FilmOrders;
	readonly #retranslation: Retranslation;
	readonly #now: () => number;
	readonly #acts: CueActs;
	readonly #memory: TranslationMemory;
	readonly #prompts: SubtitlePrompts;
	readonly #changes = new ChangedRows();
	/** How files and films become projects. */
	readonly intake: Intake;
	/** The files that a project is given out as. */
	readonly files: ProjectFiles;
	/** What names and terms are to be called. */
	readonly glossaries: Glossaries;
	/** What was deleted here and can be brought back. */
	readonly deleted: ReturnType<typeof deletedSubtitles>;

	constructor(options: {
		db: Db;
		engine: Models;
		library: { get(modelId: string): NamedModel };
		jobs: JobRunner;
		ledger: Ledger;
		recogniser: Recogniser;
		/** Left out: there are none. */
		adapters?: AdapterShelf;
		promptsFolder: string;
		log: Logger;
		now?: () => number;
	}) {
		const { db, engine, library, jobs, ledger, adapters = noAdapters, log, now = Date.now } = options;
		this.#db = db;
		this.#now = now;
		this.glossaries = new Glossaries({ db, now, changed: (ownerId, glossaryId) => this.#followTerms(ownerId, glossaryId) });
		this.deleted = deletedSubtitles(db, this);
		this.#memory = new TranslationMemory({ now });
		this.#acts = new CueActs({ db, memory: this.#memory, now });
		// Whoever's they are: nobody has asked for anything yet.
		db.update(cue)
			.set({ status: 'waiting' })
			// As a literal, by which SQLite knows that the index of those that are running will do.
			.where(everyOwner(cue.projectId, sql`${cue.status} = 'running'`))
			.run();
		db.delete(subtitleProject)
			.where(everyOwner(subtitleProject, lt(subtitleProject.deletedAt, now() - keepDeletedMs)))
			.run();
		this.#prompts = readSubtitlePrompts(options.promptsFolder);
		const shared = { db, engine, library, ledger, adapters, prompts: this.#prompts };
		const working = { ...shared, acts: this.#acts, memory: this.#memory, glossaries: this.glossaries };
		this.#orders = new FilmOrders({ ...shared, jobs });
		this.#retranslation = new Retranslation(working);
		jobs.register(translateFilm({ ...working, log, changed: (projectId, cueIds) => this.#changes.tell(projectId, cueIds) }));
		this.files = new ProjectFiles({ db, glossaries: this.glossaries });
		this.intake = new Intake({ db, jobs, recogniser: options.recogniser, glossaries: this.glossaries, now, shown: (row) => this.#shown(row) });
		jobs.onChange((job) => this.#followJob(job));
	}

	/** The owner's projects, newest first. */
	list(ownerId: string): SubtitleProject[] {
		return readProjects(this.#db, ownerId).map((row) => this.#shown(row));
	}

	get(ownerId: string, projectId: string): SubtitleProject {
		return this.#shown(readProject(this.#db, ownerId, projectId));
	}

	/** Changes what is named; a job that is at work goes on by what stood at its start. */
	change(ownerId: string, projectId: string, fields: Changed<ProjectFields>): SubtitleProject {
		readProject(this.#db, ownerId, projectId);
		if (fields.glossaryId) this.glossaries.require(this.#db, ownerId, fields.glossaryId);
		if (Object.values(fields).some((value) => value !== undefined)) this.#db.update(subtitleProject).set(fields).where(ofProject(ownerId, projectId)).run();
		this.#tellAll(ownerId, projectId);
		return this.get(ownerId, projectId);
	}

	/** Hides a project that no job works on; it can be brought back until it is purged. */
	remove(ownerId: string, projectId: string): void {
		this.#orders.refuseUnlessOver(readProject(this.#db, ownerId, projectId));
		this.#db.update(subtitleProject).set({ deletedAt: this.#now() }).where(ofProject(ownerId, projectId)).run();
	}

	restore(ownerId: string, projectId: string): SubtitleProject {
		readProject(this.#db, ownerId, projectId, true);
		this.#db.update(subtitleProject).set({ deletedAt: null }).where(ofProject(ownerId, projectId)).run();
		return this.get(ownerId, projectId);
	}

	/** The cues in their order: all, or `limit` of them from one on. */
	cues(ownerId: string, projectId: string, from = 0, limit: number | null = null): { cues: SubtitleCue[]; total: number } {
		const project = readProject(this.#db, ownerId, projectId);
		const rows = this.#db
			.select()
			.from(cue)
			.where(ofCues(ownerId, projectId))
			.orderBy(asc(cue.position))
			.limit(limit ?? -1)
			.offset(from)
			.all();
		return { cues: this.#shownCues(project, rows), total: this.#idsOf(ownerId, projectId).length };
	}

	/** The project now, then again with the cues that changed, at most five times a second. */
	watch(ownerId: string, projectId: string, signal?: AbortSignal): AsyncIterable<ChangedCues> {
		readProject(this.#db, ownerId, projectId);
		return this.#follow(ownerId, projectId, signal);
	}

	/** Changes cues as one act (CueActs.ts). */
	edit(ownerId: string, projectId: string, changes: readonly CueChange[], continues = false): ChangedCues {
		return this.#told(ownerId, projectId, this.#acts.edit(ownerId, projectId, changes, continues));
	}

	replace(ownerId: string, projectId: string, order: TextReplacement & { withApproved: boolean }): ChangedCues {
		return this.#told(ownerId, projectId, this.#acts.replace(ownerId, projectId, order));
	}

	undo(ownerId: string, projectId: string): ChangedCues {
		return this.#told(ownerId, projectId, this.#acts.undo(ownerId, projectId));
	}

	redo(ownerId: string, projectId: string): ChangedCues {
		return this.#told(ownerId, projectId, this.#acts.redo(ownerId, projectId));
	}

	/** All that a cue ever was, newest first. */
	versions(ownerId: string, projectId: string, cueId: string): CueVersion[] {
		readProject(this.#db, ownerId, projectId);
		return this.#acts.versions(ownerId, projectId, cueId);
	}

	/** What the memory has for a cue, likest first, with the cue's own tags. */
	memoryHits(ownerId: string, projectId: string, cueId: string): MemoryHit[] {
		const project = readProject(this.#db, ownerId, projectId);
		const markup = markupOf(project.format);
		const lifted = liftTags(markup, readCueRow(this.#db, ownerId, projectId, cueId).source);
		const hits = this.#memory.open(this.#db, project).like(lifted.text, mostHits);
		return hits.map(({ source, target, ...hit }) => ({ ...hit, source: source.replace(/⟦\d{1,3}⟧/g, ''), target: putBack(markup, lifted, target).raw }));
	}

	/** Changes times, or splits or merges cues, as one act (retimeProject.ts). */
	async retime(
		ownerId: string,
		projectId: string,
		order: RetimeOrderOfBytes,
		cueIds: readonly string[] | null,
	): Promise<ChangedCues & { match: Retiming['match'] }> {
		const act = order.kind === 'sync' ? { ...order, reference: (await readSubtitleFile(order.reference)).cues } : order;
		const { ids, match } = this.#acts.retime(ownerId, projectId, act, cueIds && new Set(cueIds));
		return { ...this.#told(ownerId, projectId, ids), match };
	}

	/** About what `start` would cost, for how many cues, and what there must be to begin (FilmOrders.ts). */
	estimate(ownerId: string, projectIds: readonly string[], order: TranslateOrder): Promise<FilmEstimate> {
		return this.#orders.estimate(ownerId, projectIds, order);
	}

	/** Queues a job for each project (FilmOrders.ts). */
	start(ownerId: string, projectIds: readonly string[], order: TranslateOrder): SubtitleProject[] {
		this.#orders.start(ownerId, projectIds, order);
		return projectIds.map((projectId) => {
			this.#changes.tell(projectId, this.#idsOf(ownerId, projectId));
			return this.get(ownerId, projectId);
		});
	}

	/** Translates one cue anew, with a hint (Retranslation.ts). */
	async *retranslate(ownerId: string, projectId: string, order: RetranslateOrder, signal?: AbortSignal): AsyncGenerator<RetranslateStep> {
		for await (const step of this.#retranslation.run(ownerId, projectId, order, signal)) {
			if (step !== 'written') yield { kind: step };
			else {
				this.#changes.tell(projectId, [order.cueId]);
				const [cue] = this.#changed(ownerId, projectId, [order.cueId]).changed;
				if (cue) yield { kind: 'translated', project: this.get(ownerId, projectId), cue };
			}
		}
	}

	/** Whether the job that a hold pays for goes on by itself: one that rests until a person resumes it holds nothing. */
	isAlive({ id, holderId }: Pick<Hold, 'id' | 'holderId'>): boolean {
		return this.#orders.isAlive(holderId, jobOfHold(id));
	}

	/** What the owner settled in these projects, as chats to learn from (settledTurns.ts). */
	settledTurns(ownerId: string, projectIds: readonly string[]): SettledFilm[] {
		return [...new Set(projectIds)].map((projectId) => {
			const project = readProject(this.#db, ownerId, projectId);
			const terms = this.glossaries.confirmed(this.#db, ownerId, project.glossaryId);
			return { title: project.title, examples: settledTurns(this.#prompts, project, readCueRows(this.#db, ownerId, projectId), terms) };
		});
	}

	/** All projects of an owner with their cues, and glossaries, to take away. */
	exportOf(ownerId: string): unknown {
		return exportProjects(this.#db, ownerId);
	}

	/** Deletes all of an owner's projects with what hangs on them, in the transaction that deletes the owner. Its jobs have ended before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(translationUnit).where(owned(translationUnit, ownerId)).run();
		tx.delete(subtitleProject).where(owned(subtitleProject, ownerId)).run();
		tx.delete(glossary).where(owned(glossary, ownerId)).run();
	}

	#told(ownerId: string, projectId: string, ids: readonly string[]): ChangedCues {
		if (ids.length > 0) this.#changes.tell(projectId, ids);
		return this.#changed(ownerId, projectId, ids);
	}

	/** The project with those of these cues that are in it, and the ids of those that are not. */
	#changed(ownerId: string, projectId: string, ids: readonly string[]): ChangedCues {
		const changed = ids.length === 0 ? [] : this.#shownCues(readProject(this.#db, ownerId, projectId), readCueRows(this.#db, ownerId, projectId, ids));
		const there = new Set(changed.map(({ id }) => id));
		return { project: this.get(ownerId, projectId), changed, removed: ids.filter((id) => !there.has(id)) };
	}

	#shownCues(project: ProjectRow, rows: readonly CueRow[]): SubtitleCue[] {
		return showCues(project, this.glossaries.confirmed(this.#db, project.ownerId, project.glossaryId), rows);
	}

	#shown(row: ProjectRow): SubtitleProject {
		const { ownerId, deletedAt: _deletedAt, jobId, pass, ...shown } = row;
		const job = this.#orders.jobOf({ ownerId, jobId });
		return {
			...shown,
			job: job && { id: job.id, pass, state: job.state, failure: job.failure },
			counts: countCues(this.#db, ownerId, row.id),
			...this.#acts.canTurn(ownerId, row.id),
		};
	}

	async *#follow(ownerId: string, projectId: string, signal?: AbortSignal): AsyncGenerator<ChangedCues> {
		for await (const ids of this.#changes.watch(projectId, signal)) yield this.#changed(ownerId, projectId, ids);
	}

	#idsOf(ownerId: string, projectId: string): string[] {
		const rows = this.#db.select({ id: cue.id }).from(cue).where(ofCues(ownerId, projectId)).all();
		return rows.map(({ id }) => id);
	}

	/** What is found in a cue follows the terms that are settled. */
	#followTerms(ownerId: string, glossaryId: string): void {
		for (const { id, glossaryId: its } of readProjects(this.#db, ownerId)) if (its === glossaryId) this.#tellAll(ownerId, id);
	}

	#tellAll(ownerId: string, projectId: string): void {
		if (this.#changes.isWatched(projectId)) this.#changes.tell(projectId, this.#idsOf(ownerId, projectId));
	}

	#followJob(job: OwnedJob): void {
		if (job.kind !== 'subtitles') return;
		const isIt = owned(subtitleProject, job.ownerId, eq(subtitleProject.jobId, job.id));
		const row = this.#db.select({ id: subtitleProject.id }).from(subtitleProject).where(isIt).get();
		if (row) this.#changes.tell(row.id, job.state === 'cancelled' || job.state === 'failed' ? this.#idsOf(job.ownerId, row.id) : []);
	}
}
