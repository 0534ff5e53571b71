import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import type { Job } from '#contract/jobs.ts';
import type { DiskFigures, ImportMode, Model, ModelDefaults, ModelOrigin, StoredModel, StoreProgram } from '#contract/library.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { diskCode } from '../../platform/disk/diskFailure.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { onDisk } from './diskFailure.ts';
import { diskFigures } from './diskFigures.ts';
import { findModels, type Refused, refusedFor } from './findModels.ts';
import { findMoved } from './findMoved.ts';
import type { GgufFacts } from './gguf/readGguf.ts';
import { Intake, type KnownSums, noteFiles, summarize } from './Intake.ts';
import type { ModelFile } from './importPath.ts';
import { inspectGguf, inspectHeader } from './inspectGguf.ts';
import { isArchive } from './isArchive.ts';
import { limitConcurrency } from './limitConcurrency.ts';
import { ModelJobs } from './ModelJobs.ts';
import { ModelsFolder } from './ModelsFolder.ts';
import { type ModelRecord, ModelTable } from './ModelTable.ts';
import { removeModels } from './removeModels.ts';
import { refreshModel, relocateModel } from './rereadModel.ts';
import { StoreModels } from './StoreModels.ts';
import type { StoreSystem } from './stores/storePlaces.ts';
import { lookAt, viewModel } from './viewModel.ts';
import { watchFiles } from './watchFiles.ts';

export { bytesOfBlocks } from './fileSums.ts';
export { groupSplit } from './gguf/groupSplit.ts';
export type { HeaderView } from './gguf/readBeginning.ts';
export { kindOfName, readQuantization } from './gguf/readFileName.ts';
export type { GgufFacts } from './gguf/readGguf.ts';
export { findFolder, findModelFile as findFile } from './importPath.ts';
export { requireModel } from './requireModel.ts';
export { nameLicense } from './stores/nameLicense.ts';
export { ollamaDefaults } from './stores/ollamaDefaults.ts';

interface LibraryOptions {
	db: Db;
	jobs: Pick<JobRunner, 'register' | 'enqueue'>;
	modelsFolder: string;
	uploadsFolder: string;
	/** Where downloads that are not finished lie. */
	downloadsFolder: string;
	/** The program of the inspecting thread (inspectWorker.ts). */
	inspectWorker: string;
	/** The program of the summing thread (sumWorker.ts). */
	sumWorker: string;
	/** Where other programs keep their models; those of this machine when left out. */
	stores?: StoreSystem;
	/** The demonstration model that ships with Homeroom. */
	demoFile: string;
	log: Logger;
	/** Tells whether a model is loaded; the engine knows. */
	isInUse: (modelId: string) => boolean;
	/** Tells whether a training is at work on a model; none ever is when left out. */
	isTrained?: (modelId: string) => boolean;
	/** How often the files are looked for while somebody watches; 2 s when left out. */
	lookEveryMs?: number;
	/** Told after models were taken off the list. */
	removed?: () => void;
}

/** What the market downloaded and verified. */
export interface Downloaded {
	/** In the order of the parts; `fileName` is what the source calls it. */
	files: { partFile: string; fileName: string; sha256: string; blockSums: Buffer }[];
	origin: ModelOrigin;
	name?: string | undefined;
	license: string | null;
	tags?: string[] | undefined;
	defaults: ModelDefaults | null;
}

/** It is small and was trained on few texts: with chance it only gets worse. */
const demoDefaults: ModelDefaults = { temperature: 0, repeatPenalty: 1 };
/** How often it is noted that the same model is used. */
const touchEveryMs = 60_000;
const lookEveryMs = 2000;
const uploadIdForm = /^[0-9a-f-]{36}$/i;

/**
 * The models that Homeroom knows of on this machine.
 *
 * A model is a GGUF file, or all parts of a split one, that passed the bounded reader once; it stays where it lies, unless
 * Homeroom stored it. Files that go away or change later leave their model on the list, and `fileState` says so. No file is ever
 * parsed in this process.
 */
export class Library {
	readonly #options: LibraryOptions;
	readonly #table: ModelTable;
	readonly #folder: ModelsFolder;
	readonly #intake: Intake;
	readonly #stores: StoreModels;
	readonly #jobs: ModelJobs;
	readonly #factsByModel = new Map<string, { version: string; facts: Promise<GgufFacts> }>();
	readonly #inspecting = limitConcurrency(2);

	constructor(options: LibraryOptions) {
		this.#options = options;
		this.#table = new ModelTable(options.db);
		this.#folder = new ModelsFolder(options.modelsFolder);
		this.#intake = new Intake({ table: this.#table, folder: this.#folder, inspect: (paths) => this.#inspect(paths), log: options.log });
		this.#stores = new StoreModels({
			table: this.#table,
			intake: this.#intake,
			system: options.stores ?? { home: homedir(), env: process.env, platform: process.platform },
		});
		this.#jobs = new ModelJobs({ ...this.#tools, jobs: options.jobs });
	}

	/** All models, the newest first, each looked for on the disk now. */
	list(): Model[] {
		return this.#table.all().map(viewModel);
	}

	/** One model, looked for on the disk now. Throws NOT_FOUND. */
	get(modelId: string): Model {
		return viewModel(this.#table.get(modelId));
	}

	/** The models by what they are called, without a look at the disk, in no order. */
	names(): Pick<Model, 'id' | 'name' | 'kind' | 'defaults' | 'addedAt'>[] {
		return this.#table.rows();
	}

	/** What a model is called; null where it is gone. */
	nameOf(modelId: string): string | null {
		return this.#table.row(modelId)?.name ?? null;
	}

	/** The whole list now and again after each change, also of the files on the disk, until `signal` aborts. */
	watch(signal?: AbortSignal): AsyncIterable<Model[]> {
		return latest<Model[]>(
			(push) => {
				const tell = () => push(this.list());
				tell();
				const stops = [this.#table.onChange(tell), watchFiles(() => this.#table.paths(), tell, this.#options.lookEveryMs ?? lookEveryMs)];
				return () => {
					for (const stop of stops) stop();
				};
			},
			{ signal },
		);
	}

	/**
	 * Takes in what the market downloaded and verified: moves the files into the models folder, all or none.
	 *
	 * After a kill at any point the same call can be made again. A model with these checksums whose files are not in order gets these
	 * in their place. Throws MODEL_FILE_INVALID, MODEL_EXISTS, SPLIT_INCOMPLETE, DISK_FULL, DISK_FAILED; the files are then where they were.
	 */
	async addDownloaded(download: Downloaded): Promise<Model> {
		const checkedAt = Date.now();
		const files = download.files.map(({ partFile, fileName, sha256, blockSums }) => ({
			file: partFile,
			fileName,
			sums: { sha256, blockSums, published: true, checkedAt } satisfies KnownSums,
		}));
		const { origin, name, license, tags, defaults } = download;
		return viewModel(await onDisk(this.#folder.path, 0, () => this.#intake.takeOwn(files, { origin, name, license, tags, defaults })));
	}

	/** Takes in a model that Homeroom has made: moves its file into the models folder. Throws MODEL_FILE_INVALID, DISK_FULL, DISK_FAILED; it is then where it was. */
	async addMade({ file, name }: { file: string; name: string }): Promise<Model> {
		const taken = () => this.#intake.takeOwn([{ file, fileName: `${name}.gguf`, sums: null }], { origin: { source: 'local' }, name });
		return viewModel(await onDisk(this.#folder.path, 0, taken));
	}

	/** The model whose files have these checksums, in this order; null where there is none. */
	findBySha256(sha256s: string[]): Model | null {
		const found = this.#table.findBySha256(sha256s);
		return found && viewModel(found);
	}

	/** The files of a model with all that is known of their bytes, in their order. Throws NOT_FOUND. */
	filesOf(modelId: string) {
		const sums = this.#table.blockSums(modelId);
		return this.#table.get(modelId).files.map((file, i) => ({ ...file, blockSums: sums[i] ?? null }));
	}

	/** Notes that a file of a model was made whole again and verified. */
	noteRepaired(modelId: string, position: number, sums: { sha256: string; blockSums: Buffer }): void {
		const file = this.#table.get(modelId).files[position];
		const stats = file && lookAt(file.path);
		if (!stats) throw failure('NOT_FOUND', { what: 'file' });
		this.#table.updateFile(modelId, position, { ...sums, modifiedAt: Math.trunc(stats.mtimeMs), checkedAt: Date.now(), badBlocks: [] });
	}

	/**
	 * Takes a file that was sent to the upload address into the models folder, under a name made from `fileName`.
	 *
	 * Throws FILE_NOT_FOUND where nothing was sent under this id, and MODEL_FILE_INVALID or FILE_NOT_ALLOWED `archive`, after which the
	 * sent file is gone.
	 */
	async importUpload(uploadId: string, fileName: string): Promise<Model> {
		if (!uploadIdForm.test(uploadId)) throw failure('FILE_NOT_FOUND', { path: fileName });
		const file = join(this.#options.uploadsFolder, uploadId.toLowerCase());
		try {
			if (await isArchive(file)) throw failure('FILE_NOT_ALLOWED', { reason: 'archive' });
			const taken = () => this.#intake.takeOwn([{ file, fileName, sums: null }], { origin: { source: 'local' } });
			return viewModel(await onDisk(this.#folder.path, 0, taken));
		} catch (error) {
			if (isFailure(error, 'FILE_NOT_FOUND') || diskCode(error) === 'ENOENT') throw failure('FILE_NOT_FOUND', { path: fileName });
			if (isFailure(error, 'MODEL_FILE_INVALID') || isFailure(error, 'FILE_NOT_ALLOWED')) await rm(file, { force: true });
			throw error;
		}
	}

	/**
	 * Takes a GGUF file, with the other parts of its model, or all in a folder into the library; copies are made by a job of `ownerId`.
	 *
	 * Of a folder, what cannot be taken is told in `refused`. Of a single file that is thrown: FILE_NOT_FOUND, FILE_NOT_ALLOWED,
	 * SPLIT_INCOMPLETE, MODEL_FILE_INVALID, and MODEL_EXISTS where the file is on the list by any path. DISK_FULL where there is no
	 * room for the copies.
	 */
	async importPath(ownerId: string, path: string, mode: ImportMode): Promise<{ models: Model[]; refused: Refused[]; job: Job | null }> {
		const { isFolder, models: found, refused } = await findModels(path);
		const models: Model[] = [];
		const toCopy: ModelFile[][] = [];
		for (const files of found) {
			try {
				if (mode === 'copy' && !this.#intake.isStored(files)) toCopy.push(await this.#fitToCopy(files));
				else models.push(await this.#takeForeign(files, mode === 'hardLink'));
			} catch (error) {
				if (!isFolder) throw error;
				refused.push(refusedFor(basename(files[0]?.path ?? path), error));
			}
		}
		return { models, refused, job: toCopy.length > 0 ? await this.#jobs.copyIn(ownerId, toCopy) : null };
	}

	/** What other programs on this machine keep, looked for now. */
	stores(): Promise<StoredModel[]> {
		return this.#stores.list();
	}

	/** Takes models of other programs into the library, where they lie; what cannot be taken is told in `refused`. */
	async importStored(ids: string[]): Promise<{ models: Model[]; refused: Refused[] }> {
		const { added, refused } = await this.#stores.take(ids);
		return { models: added.map(viewModel), refused };
	}

	/** Which other program on this machine keeps files of these checksums, as what `importStored` takes; null where none is known to. */
	findStored(sha256s: string[]): Promise<{ program: StoreProgram; id: string } | null> {
		return this.#stores.find(sha256s);
	}

	/** Takes models off the list; with `deleteFiles`, what Homeroom stored of them is deleted too (removeModels.ts). */
	async remove(modelIds: string[], deleteFiles: boolean): Promise<{ freedBytes: number; removed: number; refused: Refused[] }> {
		const done = await removeModels({ ...this.#options, table: this.#table, folder: this.#folder }, modelIds, deleteFiles);
		for (const modelId of modelIds) this.#factsByModel.delete(modelId);
		this.#options.removed?.();
		return done;
	}

	/** Changes what people call a model and file it under. Throws NOT_FOUND. */
	change(modelId: string, changes: { name?: string | undefined; tags?: string[] | undefined }): Model {
		const { name, tags } = this.#table.get(modelId);
		return viewModel(this.#table.update(modelId, { name: changes.name ?? name, tags: [...new Set(changes.tags ?? tags)] }));
	}

	/** Reads a changed file anew, as what it is now (rereadModel.ts). */
	async refresh(modelId: string): Promise<Model> {
		return viewModel(await refreshModel(this.#tools, modelId));
	}

	/** Says where the files of a model are now (rereadModel.ts). */
	async relocate(modelId: string, path: string): Promise<Model> {
		return viewModel(await relocateModel(this.#tools, modelId, path));
	}

	/** Queues the job that reads every byte of the models and compares it with what it should be. Throws NOT_FOUND. */
	verify(ownerId: string, modelIds: string[]): Job {
		return this.#jobs.verify(ownerId, modelIds);
	}

	/** Queues the job that copies models with their facts and checksums to a folder. Throws as ModelJobs.exportTo does. */
	exportTo(ownerId: string, modelIds: string[], folder: string): Promise<Job> {
		return this.#jobs.exportTo(ownerId, modelIds, folder);
	}

	/** Queues the job that takes in what `exportTo` wrote. Throws as ModelJobs.importFrom does. */
	importFrom(ownerId: string, folder: string): Promise<Job> {
		return this.#jobs.importFrom(ownerId, folder);
	}

	/** Measures what models take on the disk. Throws DISK_FAILED. */
	disk(): Promise<DiskFigures> {
		return diskFigures({ models: this.#folder.path, downloads: this.#options.downloadsFolder }, this.#table.all());
	}

	/**
	 * Deletes what an earlier run left unfinished in the models folder, and finds its own files again where the data folder has moved or was restored
	 * at another place. Once, before the jobs start.
	 */
	recover(): void {
		this.#folder.removeUnfinished();
		findMoved(this.#table, this.#folder.path);
	}

	/**
	 * Copies the demonstration model into the models folder and takes it in, or answers with the one that is there. It is copied because
	 * where a packed program keeps its files may be another place at its next start. Throws DISK_FULL, DISK_FAILED.
	 */
	addDemo(): Promise<Model> {
		return this.#intake.alone(async () => {
			const known = this.#table.all().find(({ origin }) => origin.source === 'demo');
			if (known && viewModel(known).fileState === 'present') return viewModel(known);
			const path = known?.files[0]?.path ?? join(this.#folder.path, basename(this.#options.demoFile));
			await this.#copyDemo(path);
			const [facts, files] = await Promise.all([this.#inspect([path]), noteFiles([path], [null])]);
			const described = { ...summarize(facts), owned: true, linked: false, sizeBytes: facts.fileBytes };
			if (known) return viewModel(this.#table.update(known.id, described, files));
			const name = facts.name ?? basename(path);
			return viewModel(this.#table.add({ ...described, name, origin: { source: 'demo' }, defaults: demoDefaults, license: facts.license, tags: [] }, files));
		});
	}

	/**
	 * What the model's files say of themselves, read anew when they have changed.
	 *
	 * Throws NOT_FOUND, MODEL_MISSING where a file is gone, MODEL_FILE_INVALID where they are no longer usable.
	 */
	async facts(modelId: string): Promise<GgufFacts> {
		const record = this.#table.get(modelId);
		const version = await this.#versionOf(record);
		const known = this.#factsByModel.get(modelId);
		if (known?.version === version) return known.facts;
		const facts = this.#inspect(record.files.map(({ path }) => path));
		this.#factsByModel.set(modelId, { version, facts });
		// A file that could not be read may be readable the next time.
		facts.catch(() => this.#factsByModel.delete(modelId));
		return facts;
	}

	/** What the first bytes of a file that is not here tell of it, read by the same bounded reader. Throws MODEL_FILE_INVALID. */
	inspectHeader(beginning: Uint8Array, file: { fileBytes: number; fileName: string }) {
		return this.#inspecting(() => inspectHeader(beginning, file, this.#options.inspectWorker));
	}

	/** Notes that the model was used now. Of the one that was used last, it is noted once a minute, since each note waits for the disk. */
	touch(modelId: string): void {
		const [last] = this.#table.rows().sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
		if (last?.id === modelId && Math.abs(Date.now() - (last.lastUsedAt ?? 0)) < touchEveryMs) return;
		this.#table.update(modelId, { lastUsedAt: Date.now() });
	}

	get #tools() {
		return {
			table: this.#table,
			folder: this.#folder,
			intake: this.#intake,
			inspect: (paths: string[]) => this.#inspect(paths),
			sumWorker: this.#options.sumWorker,
		};
	}

	async #takeForeign(files: ModelFile[], linked: boolean): Promise<Model> {
		return viewModel(await onDisk(this.#folder.path, 0, () => this.#intake.takeForeign(files, { linked }, { origin: { source: 'local' } })));
	}

	/** Files that are worth copying: refused now rather than after gigabytes were copied. */
	async #fitToCopy(files: ModelFile[]): Promise<ModelFile[]> {
		for (const file of files) await this.#intake.refuseKnown(file);
		await this.#inspect(files.map(({ path }) => path));
		return files;
	}

	async #versionOf({ name, files }: ModelRecord): Promise<string> {
		const versions = files.map(({ path }) => {
			const stats = lookAt(path);
			if (!stats) {
				this.#table.tell();
				throw failure('MODEL_MISSING', { name, fileName: basename(path) });
			}
			return `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;
		});
		return versions.join(' ');
	}

	#inspect(paths: string[]): Promise<GgufFacts> {
		return this.#inspecting(() => inspectGguf(paths, this.#options.inspectWorker));
	}

	async #copyDemo(path: string): Promise<void> {
		const { demoFile } = this.#options;
		const part = this.#folder.partPath(basename(path));
		const { size } = await stat(demoFile);
		await onDisk(this.#folder.path, size, async () => {
			try {
				await copyFile(demoFile, part);
				await rename(part, path);
			} catch (error) {
				await rm(part, { force: true });
				throw error;
			}
		});
	}
}
