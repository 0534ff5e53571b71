import { randomUUID } from 'node:crypto';
import type { FilmTracks } from '#contract/filmTracks.ts';
import type { Job } from '#contract/jobs.ts';
import type { FilmFields, ProjectFields, SubtitlePreview, SubtitleProject } from '#contract/subtitles.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { findSpeechModel } from '../../platform/speech/findSpeechModel.ts';
import type { Recogniser } from '../../platform/speech/Recogniser.ts';
import { findFile, findFolder } from '../library/library.ts';
import { addProject, type NewProject } from './addProject.ts';
import type { Glossaries } from './Glossaries.ts';
import { isShown, languageOfCues } from './languageOfCues.ts';
import { type ListenSpec, listenToFilm } from './listenToFilm.ts';
import type { ProjectRow } from './projectRows.ts';
import { nameOf, readFilm, takeFont, takeTrack } from './readFilm.ts';
import { readSubtitleFile, type SubtitleSource } from './readSubtitleFile.ts';

const sampleCues = 20;

interface IntakeTools {
	db: Db;
	jobs: JobRunner;
	recogniser: Recogniser;
	glossaries: Glossaries;
	now: () => number;
	/** A project as it is shown. */
	shown(row: ProjectRow): SubtitleProject;
}

/** How subtitles come in: as a file, out of a film of this machine, or heard in it. What is looked at first is not kept. */
export class Intake {
	readonly #tools: IntakeTools;

	constructor(tools: IntakeTools) {
		this.#tools = tools;
		const { jobs, recogniser } = tools;
		jobs.register(listenToFilm({ recogniser, add: (tx, ownerId, made) => void this.#addIn(tx, ownerId, made) }));
	}

	/** Reads a file without keeping it (readSubtitleFile.ts). */
	async preview(_ownerId: string, source: SubtitleSource): Promise<SubtitlePreview> {
		const { format, file, cues, problems } = await readSubtitleFile(source);
		const shown = cues.filter(isShown(format));
		const sample = shown.slice(0, sampleCues).map(({ startMs, endMs, text }) => ({ startMs, endMs, text }));
		const { encoding, undecoded } = file;
		return { format, encoding, undecoded, cueCount: shown.length, language: languageOfCues(shown), sample, problems };
	}

	/** Keeps a file as a project. Throws SUBTITLES_INVALID, and NOT_FOUND for a glossary that is not the owner's. */
	async create(ownerId: string, fields: ProjectFields, source: SubtitleSource, newGlossary?: string | null): Promise<SubtitleProject> {
		return this.#add(ownerId, { fields, source, read: await readSubtitleFile(source), newGlossary });
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
		const { db, jobs, glossaries } = this.#tools;
		const [{ path }, modelFolder] = await Promise.all([findFile(order.path), findFolder(order.modelFolder)]);
		await findSpeechModel(modelFolder);
		if (order.fields.glossaryId !== null) glossaries.require(db, ownerId, order.fields.glossaryId);
		const projectId = randomUUID();
		const spec: ListenSpec = { ...order, path, modelFolder };
		return { job: jobs.enqueue({ kind: 'listen', ownerId, title: order.fields.title ?? nameOf(path), spec, subjectIds: [projectId] }), projectId };
	}

	#add(ownerId: string, made: NewProject): SubtitleProject {
		return this.#tools.shown(immediate(this.#tools.db, (tx) => this.#addIn(tx, ownerId, made)));
	}

	#addIn(tx: Tx, ownerId: string, made: NewProject): ProjectRow {
		return addProject(tx, this.#tools, ownerId, made);
	}
}
