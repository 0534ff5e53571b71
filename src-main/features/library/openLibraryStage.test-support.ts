import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import pino from 'pino';
import { isFailure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import type { ImportMode, Model } from '#contract/library.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { jobItem } from '../../platform/jobs/schema.ts';
import { encodeDraft, tinyDraft } from './gguf/malformed.test-support.ts';
import { Library } from './library.ts';

export type LibraryStage = Awaited<ReturnType<typeof openLibraryStage>>;

/** For tests: a library with a real database, real jobs that are started, and folders of its own. */
export async function openLibraryStage() {
	const log = pino({ level: 'silent' });
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeroom-library-')));
	const at = (name: string) => join(folder, name);
	for (const name of ['models', 'uploads', 'downloads', 'own', 'home']) mkdirSync(at(name));
	const database = openDatabase({ file: at('homeroom.db'), migrationsFolder, log });
	const jobs = new JobRunner({ db: database.db, log });
	const inUse = new Set<string>();
	const trained = new Set<string>();
	const library = new Library({
		db: database.db,
		jobs,
		modelsFolder: at('models'),
		uploadsFolder: at('uploads'),
		downloadsFolder: at('downloads'),
		inspectWorker: join(import.meta.dirname, 'inspectWorker.ts'),
		sumWorker: join(import.meta.dirname, 'sumWorker.ts'),
		demoFile: at('demo.gguf'),
		stores: { home: at('home'), env: {}, platform: 'linux' },
		log,
		isInUse: (modelId) => inUse.has(modelId),
		isTrained: (modelId) => trained.has(modelId),
	});
	jobs.start();

	/** Takes one model in. */
	const take = async (path: string, mode: ImportMode = 'inPlace'): Promise<Model> => {
		const { models } = await library.importPath('ann', path, mode);
		if (!models[0]) throw new Error('the model was not taken in');
		return models[0];
	};
	/** Waits until a job has ended or stands still. */
	const reached = (id: string): Promise<Job> =>
		new Promise((resolve) => {
			const look = () => {
				const job = jobs.get('ann', id);
				if (job.state === 'queued' || job.state === 'running') return false;
				resolve(job);
				return true;
			};
			if (look()) return;
			const stop = jobs.onChange(() => {
				if (look()) stop();
			});
		});
	/** The failures of a job's items, in their order. */
	const failuresOf = (id: string): string[] =>
		database.db
			.select({ failure: jobItem.failure })
			.from(jobItem)
			.where(everyOwner(jobItem.jobId, eq(jobItem.jobId, id)))
			.orderBy(jobItem.position)
			.all()
			.map(({ failure }) => failure?.code ?? '');
	const close = async () => {
		await jobs.close();
		database.close();
		rmSync(folder, { recursive: true, force: true });
	};
	return { folder, at, db: database.db, jobs, library, inUse, trained, take, reached, failuresOf, close };
}

/** The bytes of a whole small model; models of different titles differ, and `extraBytes` makes one longer. */
export function tinyModel(title = 'Tiny', extraBytes = 0): Buffer {
	const draft = tinyDraft();
	draft.metadata['general.name'] = { type: 'string', value: title };
	const bytes = encodeDraft(draft);
	return Buffer.concat([bytes, Buffer.alloc(extraBytes, title)]);
}

/** Writes such a model and returns where. */
export function writeTiny(file: string, title?: string, extraBytes?: number): string {
	writeFileSync(file, tinyModel(title, extraBytes));
	return file;
}

/** The code and data of the failure that some work ends with; a bug is thrown on. */
export async function failureOf(work: Promise<unknown>): Promise<{ code: string; data: unknown }> {
	const error = await work.then(
		() => new Error('it succeeded'),
		(reason) => reason,
	);
	if (!isFailure(error)) throw error;
	return { code: error.code, data: error.data };
}
