import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { GgufFacts } from './gguf/readGguf.ts';
import { findModelFile, type ModelFile } from './importPath.ts';
import { inspectGguf } from './inspectGguf.ts';
import { limitConcurrency } from './limitConcurrency.ts';
import { nameApart, nameModel, nameStoredFile } from './nameModel.ts';
import { model } from './schema.ts';
import { syncFolder } from './syncFolder.ts';
import { writeTestModel } from './testModel.ts';

type Row = typeof model.$inferSelect;

interface LibraryOptions {
	db: Db;
	modelsFolder: string;
	uploadsFolder: string;
	/** The program of the inspecting thread (inspectWorker.ts). */
	inspectWorker: string;
	log: Logger;
	/** Tells whether a model is loaded; the engine knows. */
	isInUse: (modelId: string) => boolean;
}

const testModelFile = 'homeroom-test-model.gguf';
/** More than the test model takes, to leave the disk some room. */
const testModelRoomBytes = 16 * 2 ** 20;
const uploadIdForm = /^[0-9a-f-]{36}$/i;

/**
 * The models that Homeroom knows of on this machine.
 *
 * A model is a GGUF file that passed the bounded reader once; the file itself stays where it lies, unless Homeroom stored
 * it. A file that goes away later leaves its model on the list, `present: false`. No file is ever parsed in this process.
 */
export class Library {
	readonly #options: LibraryOptions;
	readonly #listeners = new Set<() => void>();
	readonly #factsByModel = new Map<string, { version: string; facts: Promise<GgufFacts> }>();
	readonly #inspecting = limitConcurrency(2);
	/** One addition at a time, so that nothing takes a file name or a place on the list between a look and an act. */
	readonly #adding = limitConcurrency(1);

	constructor(options: LibraryOptions) {
		this.#options = options;
	}

	/** All models, the newest first, each looked for on the disk now. */
	list(): Model[] {
		const rows = this.#options.db.select().from(model).all();
		return rows.sort((a, b) => b.addedAt - a.addedAt || a.name.localeCompare(b.name)).map(toModel);
	}

	/** One model, looked for on the disk now. Throws NOT_FOUND. */
	get(modelId: string): Model {
		return toModel(this.#row(modelId));
	}

	/** The whole list now and again after each change, until `signal` aborts. */
	watch(signal?: AbortSignal): AsyncIterable<Model[]> {
		return latest<Model[]>(
			(push) => {
				const tell = () => push(this.list());
				this.#listeners.add(tell);
				tell();
				return () => this.#listeners.delete(tell);
			},
			{ signal },
		);
	}

	/**
	 * Takes a file of this machine into the library, where it lies; of a link, the file that it leads to.
	 *
	 * Throws FILE_NOT_FOUND, FILE_NOT_ALLOWED, MODEL_FILE_INVALID, and MODEL_EXISTS where the file is on the list by any path.
	 */
	async importFile(path: string): Promise<Model> {
		const file = await findModelFile(path);
		return this.#adding(async () => {
			await this.#refuseKnown(file);
			const facts = await this.#inspect(file.path);
			return this.#add({ ...summarize(facts, basename(file.path)), path: file.path, owned: false, source: 'local' });
		});
	}

	/**
	 * Takes a file that was sent to the upload address into the models folder, under a name made from `fileName`.
	 *
	 * Throws FILE_NOT_FOUND where nothing was sent under this id, and MODEL_FILE_INVALID, after which the sent file is gone.
	 */
	async importUpload(uploadId: string, fileName: string): Promise<Model> {
		if (!uploadIdForm.test(uploadId)) throw failure('FILE_NOT_FOUND', { path: fileName });
		return this.#adding(async () => {
			const sent = join(this.#options.uploadsFolder, uploadId.toLowerCase());
			const facts = await this.#inspectSent(sent, fileName);
			const path = this.#freePath(fileName);
			await rename(sent, path);
			await syncFolder(this.#options.modelsFolder);
			try {
				return this.#add({ ...summarize(facts, fileName), path, owned: true, source: 'local' });
			} catch (error) {
				await rm(path, { force: true });
				throw error;
			}
		});
	}

	/**
	 * Takes a model off the list and returns how many bytes that freed: with `deleteFile`, those of a file that Homeroom
	 * stored itself; a file of the user's own is never touched. Throws NOT_FOUND, MODEL_IN_USE.
	 */
	async remove(modelId: string, deleteFile: boolean): Promise<number> {
		const row = this.#row(modelId);
		if (this.#options.isInUse(modelId)) throw failure('MODEL_IN_USE', { name: row.name });
		const stored = row.owned && dirname(row.path) === this.#options.modelsFolder;
		const freedBytes = deleteFile && stored ? await deleteStored(row) : 0;
		this.#options.db.delete(model).where(eq(model.id, modelId)).run();
		this.#factsByModel.delete(modelId);
		this.#changed();
		return freedBytes;
	}

	/** Writes the small model that checks the wiring, or answers with the one that is there. Throws DISK_FULL. */
	writeTestModel(): Promise<Model> {
		return this.#adding(async () => {
			const known = this.#options.db.select().from(model).where(eq(model.source, 'test')).get();
			if (known && toModel(known).present) return toModel(known);
			const path = known?.path ?? join(this.#options.modelsFolder, testModelFile);
			await this.#writeWithRoom(path);
			if (!known) return this.#add({ ...summarize(await this.#inspect(path), testModelFile), path, owned: true, source: 'test' });
			this.#changed();
			return toModel(known);
		});
	}

	/**
	 * What the model's file says of itself, read anew when the file has changed.
	 *
	 * Throws NOT_FOUND, MODEL_MISSING where the file is gone, MODEL_FILE_INVALID where it is no longer usable.
	 */
	async facts(modelId: string): Promise<GgufFacts> {
		const row = this.#row(modelId);
		const stats = await stat(row.path).catch(() => null);
		if (!stats?.isFile()) {
			this.#changed();
			throw failure('MODEL_MISSING', { name: row.name, fileName: basename(row.path) });
		}
		const version = `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeMs}`;
		const known = this.#factsByModel.get(modelId);
		if (known?.version === version) return known.facts;
		const facts = this.#inspect(row.path);
		this.#factsByModel.set(modelId, { version, facts });
		// A file that could not be read may be readable the next time.
		facts.catch(() => this.#factsByModel.delete(modelId));
		return facts;
	}

	/** Notes that the model was used now. */
	touch(modelId: string): void {
		this.#options.db.update(model).set({ lastUsedAt: Date.now() }).where(eq(model.id, modelId)).run();
		this.#changed();
	}

	#row(modelId: string): Row {
		const row = this.#options.db.select().from(model).where(eq(model.id, modelId)).get();
		if (!row) throw failure('NOT_FOUND', { what: 'model' });
		return row;
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}

	#inspect(path: string): Promise<GgufFacts> {
		return this.#inspecting(() => inspectGguf(path, this.#options.inspectWorker));
	}

	async #inspectSent(sent: string, fileName: string): Promise<GgufFacts> {
		try {
			return await this.#inspect(sent);
		} catch (error) {
			if (isFailure(error, 'FILE_NOT_FOUND')) throw failure('FILE_NOT_FOUND', { path: fileName });
			if (!isFailure(error, 'MODEL_FILE_INVALID')) throw error;
			await rm(sent, { force: true });
			throw failure('MODEL_FILE_INVALID', { fileName, reason: error.data.reason });
		}
	}

	async #refuseKnown(file: ModelFile): Promise<void> {
		for (const row of this.#options.db.select().from(model).all()) {
			const stats = await stat(row.path, { bigint: true }).catch(() => null);
			const same = row.path === file.path || (stats !== null && `${stats.dev}:${stats.ino}` === file.identity);
			if (same) throw failure('MODEL_EXISTS', { modelId: row.id, name: row.name });
		}
	}

	#freePath(fileName: string): string {
		for (let attempt = 1; ; attempt++) {
			const path = join(this.#options.modelsFolder, nameStoredFile(fileName, attempt));
			if (!statSync(path, { throwIfNoEntry: false })) return path;
		}
	}

	async #writeWithRoom(path: string): Promise<void> {
		const { bavail, bsize } = await statfs(dirname(path));
		const full = (cause?: unknown) => failure('DISK_FULL', { neededBytes: testModelRoomBytes, freeBytes: bavail * bsize }, cause);
		if (bavail * bsize < testModelRoomBytes) throw full();
		try {
			await writeTestModel(path);
		} catch (error) {
			throw error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? full(error) : error;
		}
	}

	#add(described: Omit<Row, 'id' | 'addedAt' | 'lastUsedAt'>): Model {
		const row: Row = { ...described, id: randomUUID(), addedAt: Date.now(), lastUsedAt: null };
		immediate(this.#options.db, (tx) => {
			const taken = new Set(
				tx
					.select({ name: model.name })
					.from(model)
					.all()
					.map(({ name }) => name),
			);
			row.name = nameApart(row.name, basename(row.path), (name) => taken.has(name));
			const known = tx.select().from(model).where(eq(model.path, row.path)).get();
			if (known) throw failure('MODEL_EXISTS', { modelId: known.id, name: known.name });
			tx.insert(model).values(row).run();
		});
		this.#options.log.info({ modelId: row.id, architecture: row.architecture, quantization: row.quantization, sizeBytes: row.sizeBytes }, 'model added');
		this.#changed();
		return toModel(row);
	}
}

function summarize(facts: GgufFacts, fileName: string): Omit<Row, 'id' | 'path' | 'owned' | 'source' | 'addedAt' | 'lastUsedAt'> {
	return {
		name: nameModel(facts.name, fileName),
		sizeBytes: facts.fileBytes,
		architecture: facts.architecture,
		parameters: facts.parameters,
		quantization: facts.quantization,
		contextTokens: facts.contextTokens,
		hasChatTemplate: facts.chatTemplate !== null,
	};
}

function toModel(row: Row): Model {
	return { ...row, fileName: basename(row.path), present: isFile(row.path) };
}

function isFile(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
	} catch {
		// A folder that may not be looked into, or a drive that is gone.
		return false;
	}
}

async function deleteStored(row: Row): Promise<number> {
	const stats = await stat(row.path).catch(() => null);
	try {
		await rm(row.path, { force: true });
	} catch (error) {
		// Windows keeps a file that some program has open.
		const open = error instanceof Error && 'code' in error && (error.code === 'EBUSY' || error.code === 'EPERM');
		throw open ? failure('MODEL_IN_USE', { name: row.name }, error) : error;
	}
	return stats?.size ?? 0;
}
