import { randomUUID } from 'node:crypto';
import { asc, eq, lt, sql } from 'drizzle-orm';
import type { FilmTracks } from '#contract/filmTracks.ts';
import type { Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import type { CueVersion, SubtitleCue } from '#contract/subtitleCue.ts';
import type {
	ChangedCues,
	CueChange,
	FilmFields,
	MemoryHit,
	ProjectFields,
	RetranslateStep,
	SubtitlePreview,
	SubtitleProject,
	TranslateOrder,
} from '#contract/subtitles.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned, ownedIn } from '../../platform/database/owned.ts';
import type { JobRunner, OwnedJob } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { ChangedRows } from '../../platform/rpc/ChangedRows.ts';
import { findSpeechModel } from '../../platform/speech/findSpeechModel.ts';
import type { Recogniser } from '../../platform/speech/Recogniser.ts';
import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { exportFileName } from '../../platform/text/exportFileName.ts';
import { type AdapterShelf, type Engine, noAdapters } from '../engine/engine.ts';
import { type Hold, jobOfHold, type Ledger } from '../ledger/ledger.ts';
import { findFile, findFolder } from '../library/library.ts';
import { addProject, type NewProject } from './addProject.ts';
import { CueActs } from './CueActs.ts';
import { exportProjects } from './exportProjects.ts';
import { type FilmEstimate, FilmOrders } from './FilmOrders.ts';
import { Glossaries } from './Glossaries.ts';
import { type ListenSpec, listenToFilm } from './listenToFilm.ts';
import { markupOf } from './markupOf.ts';
import { countCues, cueOf, ofCues, ofProject, type ProjectRow, readCueRow, readCueRows, readProject, readProjects } from './projectRows.ts';
import { type RetranslateOrder, Retranslation } from './Retranslation.ts';
import { nameOf, readFilm, takeFont, takeTrack } from './readFilm.ts';
import { readSubtitleFile, type SubtitleSource } from './readSubtitleFile.ts';
import type { TextReplacement } from './replaceInText.ts';
import type { QualityReport } from './report/qualityReport.ts';
import { reportWords } from './report/reportWords.ts';
import { writeReportCsv } from './report/writeReportCsv.ts';
import { writeReportHtml } from './report/writeReportHtml.ts';
import { reportProject } from './reportProject.ts';
import type { RetimeAct, Retiming } from './retimeProject.ts';
import { type SaveOrder, saveProject } from './saveProject.ts';
import { cue, glossary, subtitleFile, subtitleProject, translationUnit } from './schema.ts';
import { type SettledFilm, settledTurns } from './settledTurns.ts';
import { TranslationMemory } from './TranslationMemory.ts';
import { translateFilm } from './translateFilm.ts';
import { readSubtitlePrompts, type SubtitlePrompts } from './translatePrompt.ts';

/** How long a hidden project can still be brought back. */
const keepDeletedMs = 30 * 24 * 60 * 60 * 1000;
const sampleCues = 20;
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
	readonly #jobs: JobRunner;
	readonly #orders: FilmOrders;
	readonly #retranslation: Retranslation;
	readonly #now: () => number;
	readonly #acts: CueActs;
	readonly #memory: TranslationMemory;
	readonly #prompts: SubtitlePrompts;
	readonly #changes = new ChangedRows();
	/** What names and terms are to be called. */
	readonly glossaries: Glossaries;

	constructor(options: {
		db: Db;
		engine: Engine;
		library: { get(modelId: string): Model };
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
		this.#jobs = jobs;
		this.glossaries = new Glossaries({ db, now });
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
		const { recogniser } = options;
		jobs.register(listenToFilm({ recogniser, add: (tx, ownerId, made) => void this.#addIn(tx, ownerId, made) }));
		jobs.onChange((job) => this.#followJob(job));
	}

	/** Reads a file without keeping it (readSubtitleFile.ts). */
	async preview(_ownerId: string, source: SubtitleSource): Promise<SubtitlePreview> {
		const { format, file, cues, problems } = await readSubtitleFile(source);
		const sample = cues.slice(0, sampleCues).map(({ startMs, endMs, text }) => ({ startMs, endMs, text }));
		return { format, encoding: file.encoding, undecoded: file.undecoded, cueCount: cues.length, sample, problems };
	}

	/** Keeps a file as a project. Throws SUBTITLES_INVALID, and NOT_FOUND for a glossary that is not the owner's. */
	async create(ownerId: string, fields: ProjectFields, source: SubtitleSource): Promise<SubtitleProject> {
		return this.#add(ownerId, { fields, source, read: await readSubtitleFile(source) });
	}

	/** The tracks of a film of this machine (readFilm.ts). */
	film(path: string): Promise<FilmTracks> {
		return readFilm(path);
	}

	/** A font that a film of this machine carries (readFilm.ts). */
	filmFont(path: string, at: number): Promise<{ fileName: string; bytes: Uint8Array }> {
		return takeFont(path, at);
	}

	/** Makes a project of a track of text in a film (readFilm.ts). */
	async createFromFilm(ownerId: string, order: { fields: FilmFields; path: string; trackId: number }, signal?: AbortSignal): Promise<SubtitleProject> {
		return this.#add(ownerId, await takeTrack(order.path, order.trackId, order.fields, signal));
	}

	/**
	 * Queues the job that recognises the speech of a film and makes a project of it, with the id that is given here (listenToFilm.ts).
	 *
	 * Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, and SPEECH_FAILED for a folder without a model.
	 */
	async listen(ownerId: string, order: ListenSpec): Promise<{ job: Job; projectId: string }> {
		const [{ path }, modelFolder] = await Promise.all([findFile(order.path), findFolder(order.modelFolder)]);
		await findSpeechModel(modelFolder);
		if (order.fields.glossaryId !== null) this.glossaries.require(this.#db, ownerId, order.fields.glossaryId);
		const projectId = randomUUID();
		const spec: ListenSpec = { ...order, path, modelFolder };
		return { job: this.#jobs.enqueue({ kind: 'listen', ownerId, title: order.fields.title ?? nameOf(path), spec, subjectIds: [projectId] }), projectId };
	}

	#add(ownerId: string, made: NewProject): SubtitleProject {
		return this.#shown(immediate(this.#db, (tx) => this.#addIn(tx, ownerId, made)));
	}

	#addIn(tx: Tx, ownerId: string, made: NewProject): ProjectRow {
		return addProject(tx, { glossaries: this.glossaries, now: this.#now }, ownerId, made);
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
		this.#changes.tell(projectId);
		return this.get(ownerId, projectId);
	}

	/** Hides a project that no job works on; it can be brought back for 30 days. */
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
		readProject(this.#db, ownerId, projectId);
		const rows = this.#db
			.select()
			.from(cue)
			.where(ofCues(ownerId, projectId))
			.orderBy(asc(cue.position))
			.limit(limit ?? -1)
			.offset(from)
			.all();
		return { cues: rows.map(cueOf), total: countCues(this.#db, ownerId, projectId).cues };
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

	/** What the memory has for a cue, likest first. */
	memoryHits(ownerId: string, projectId: string, cueId: string): MemoryHit[] {
		const project = readProject(this.#db, ownerId, projectId);
		const { source } = readCueRow(this.#db, ownerId, projectId, cueId);
		return this.#memory.open(this.#db, project).like(liftTags(markupOf(project.format), source).text, mostHits);
	}

	/** The project as a file (saveProject.ts). */
	async save(ownerId: string, projectId: string, order: SaveOrder): Promise<{ fileName: string; bytes: Uint8Array }> {
		const project = readProject(this.#db, ownerId, projectId);
		const file = this.#db
			.select()
			.from(subtitleFile)
			.where(ownedIn(subtitleFile.projectId, subtitleProject, ownerId, projectId))
			.get();
		if (!file) throw new Error(`the file of the project ${projectId} is gone`);
		const bytes = await saveProject({ project, cues: readCueRows(this.#db, ownerId, projectId), file }, order);
		const language = order.layout === 'source' ? (project.sourceLanguage ?? '') : project.targetLanguage;
		const name = project.fileName.replace(/\.[^.\\/]{1,10}$/, '');
		return { fileName: exportFileName(name, [language, order.format].filter((part) => part !== '').join('.')), bytes };
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

	/** What a person should look at (reportProject.ts). */
	report(ownerId: string, projectId: string): QualityReport {
		const project = readProject(this.#db, ownerId, projectId);
		const terms = project.glossaryId === null ? [] : this.glossaries.terms(ownerId, project.glossaryId);
		return reportProject(project, readCueRows(this.#db, ownerId, projectId), terms);
	}

	/** The whole report as a file, in the words of a language. */
	saveReport(ownerId: string, projectId: string, form: 'html' | 'csv', language: 'en' | 'zh'): { fileName: string; text: string } {
		const { title } = readProject(this.#db, ownerId, projectId);
		const report = this.report(ownerId, projectId);
		const words = reportWords[language];
		const text = form === 'html' ? writeReportHtml(report, words, title) : writeReportCsv(report, words);
		return { fileName: exportFileName(`${title} ${words.title}`, form), text };
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
				yield { kind: 'translated', project: this.get(ownerId, projectId), cue: cueOf(readCueRow(this.#db, ownerId, projectId, order.cueId)) };
			}
		}
	}

	/** Whether the job that a hold pays for goes on, now or when it is resumed. */
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
		const changed = ids.length === 0 ? [] : readCueRows(this.#db, ownerId, projectId, ids).map(cueOf);
		const there = new Set(changed.map(({ id }) => id));
		return { project: this.get(ownerId, projectId), changed, removed: ids.filter((id) => !there.has(id)) };
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

	#followJob(job: OwnedJob): void {
		if (job.kind !== 'subtitles') return;
		const isIt = owned(subtitleProject, job.ownerId, eq(subtitleProject.jobId, job.id));
		const row = this.#db.select({ id: subtitleProject.id }).from(subtitleProject).where(isIt).get();
		if (row) this.#changes.tell(row.id, job.state === 'cancelled' || job.state === 'failed' ? this.#idsOf(job.ownerId, row.id) : []);
	}
}
