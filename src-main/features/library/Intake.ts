import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { failure, isFailure } from '#contract/errors.ts';
import type { ModelDefaults, ModelOrigin } from '#contract/library.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { GgufFacts } from './gguf/readGguf.ts';
import type { ModelFile } from './importPath.ts';
import { limitConcurrency } from './limitConcurrency.ts';
import type { ModelsFolder, Placed } from './ModelsFolder.ts';
import type { ModelRecord, ModelTable, NewFile, NewModel } from './ModelTable.ts';
import { nameModel } from './nameModel.ts';
import { viewModel } from './viewModel.ts';

/** What is known of a model besides its files; what is left out they tell themselves. */
export interface About {
	origin: ModelOrigin;
	name?: string | undefined;
	license?: string | null | undefined;
	tags?: string[] | undefined;
	defaults?: ModelDefaults | null | undefined;
}

/** What is known of the bytes of a file that comes in. */
export interface KnownSums {
	sha256: string;
	/** The source publishes `sha256`. */
	published: boolean;
	blockSums: Buffer | null;
	/** When every byte was compared with `sha256`; null where they were not. */
	checkedAt: number | null;
}

/** A file of Homeroom's own that is to move into the models folder. `fileName` is what it was called where it comes from. */
export interface OwnFile {
	file: string;
	fileName: string;
	sums: KnownSums | null;
}

/**
 * The one door by which models come onto the list: everything is inspected here by the bounded reader, and known files are told apart.
 *
 * One model at a time, so that nothing takes a file name or a place on the list between a look and an act; all or nothing.
 */
export class Intake {
	readonly #options: { table: ModelTable; folder: ModelsFolder; inspect: (paths: string[]) => Promise<GgufFacts>; log: Logger };
	readonly #adding = limitConcurrency(1);

	constructor(options: { table: ModelTable; folder: ModelsFolder; inspect: (paths: string[]) => Promise<GgufFacts>; log: Logger }) {
		this.#options = options;
	}

	/** Runs `work` while nothing else comes in. */
	alone<T>(work: () => Promise<T>): Promise<T> {
		return this.#adding(work);
	}

	/**
	 * Takes files in where they lie, or by hard links into the models folder. What lies in the models folder, left there by a model that
	 * was removed, stays where it is and is Homeroom's own again.
	 *
	 * Throws MODEL_FILE_INVALID, MODEL_EXISTS where one is on the list by any path, and FILE_NOT_ALLOWED where links cannot be made.
	 */
	takeForeign(files: ModelFile[], how: { linked: boolean; sha256s?: string[] }, about: About): Promise<ModelRecord> {
		return this.#adding(async () => {
			for (const file of files) await this.refuseKnown(file);
			const facts = await this.#inspectWhole(files.map(({ path }) => path));
			const sums = files.map((_, i): KnownSums | null => {
				const sha256 = how.sha256s?.[i];
				return sha256 === undefined ? null : { sha256, published: true, blockSums: null, checkedAt: null };
			});
			const fileNames = files.map(({ path }) => basename(path));
			const isStored = this.isStored(files);
			if (!how.linked || isStored)
				return this.#add(
					facts,
					{ ...about, fileNames, owned: isStored, linked: false },
					await noteFiles(
						files.map(({ path }) => path),
						sums,
					),
				);
			const placed = await this.#options.folder.link(
				files.map(({ path }) => path),
				fileNames,
			);
			return this.#addPlaced(placed, sums, (described) => this.#add(facts, { ...about, fileNames, owned: true, linked: true }, described));
		});
	}

	/**
	 * Moves files of Homeroom's own into the models folder and takes them in.
	 *
	 * A model with the same checksums whose files are missing, changed or damaged gets these in their place. Throws
	 * MODEL_FILE_INVALID, and MODEL_EXISTS where the model is there and in order; the files are then where they were.
	 */
	takeOwn(files: OwnFile[], about: About): Promise<ModelRecord> {
		return this.#adding(async () => {
			const known = this.#options.table.findBySha256(files.map(({ sums }) => sums?.sha256 ?? null));
			if (known && viewModel(known).fileState === 'present') throw failure('MODEL_EXISTS', { modelId: known.id, name: known.name });
			const fileNames = files.map(({ fileName }) => fileName);
			const facts = await this.#inspectAs(files);
			const placed = await this.#options.folder.take(
				files.map(({ file }) => file),
				fileNames,
			);
			// The same bytes by another way: what is known of their source stays true, and a repair needs it.
			const sums = files.map(({ sums }, i) => sums && { ...sums, published: sums.published || known?.files[i]?.published === true });
			if (!known) return this.#addPlaced(placed, sums, (files) => this.#add(facts, { ...about, fileNames, owned: true, linked: false }, files));
			const keepsOrigin = about.origin.source === 'local' && known.origin.source !== 'store';
			const renewed = { owned: true, linked: false, origin: keepsOrigin ? known.origin : about.origin };
			const record = await this.#addPlaced(placed, sums, (files) => this.#options.table.update(known.id, renewed, files));
			if (known.owned) await this.#dropOld(known, placed.paths);
			return record;
		});
	}

	/** Tells whether files lie in the models folder. */
	isStored(files: ModelFile[]): boolean {
		return files.every(({ path }) => this.#options.folder.holds(path));
	}

	/** Throws MODEL_EXISTS where a file is on the list, by this path or another one to it, and FILE_NOT_ALLOWED where it is one that is just being stored. */
	async refuseKnown(file: ModelFile, exceptModelId?: string): Promise<void> {
		for (const record of this.#options.table.all()) {
			if (record.id === exceptModelId) continue;
			for (const { path } of record.files) {
				const same = path === file.path || (await identityOf(path)) === file.identity;
				if (same) throw failure('MODEL_EXISTS', { modelId: record.id, name: record.name });
			}
		}
		if (this.#options.folder.holds(file.path) && !/\.gguf$/i.test(file.path)) throw failure('FILE_NOT_ALLOWED', { reason: 'insideLibrary' });
	}

	/** Deletes what was stored of a model before it got other files. What some program has open on Windows stays. */
	async #dropOld(known: ModelRecord, newPaths: string[]): Promise<void> {
		const old = known.files.filter(({ path }) => this.#options.folder.holds(path) && !newPaths.includes(path));
		for (const { path } of old) await rm(path, { force: true }).catch(() => {});
	}

	/** Throws SPLIT_INCOMPLETE where the first file says that there are more, whatever they are called. */
	async #inspectWhole(paths: string[]): Promise<GgufFacts> {
		const facts = await this.#options.inspect(paths);
		if (facts.split && facts.split.parts !== paths.length) throw failure('SPLIT_INCOMPLETE', { fileName: basename(paths[0] ?? ''), missing: [] });
		return facts;
	}

	async #inspectAs(files: OwnFile[]): Promise<GgufFacts> {
		try {
			return await this.#inspectWhole(files.map(({ file }) => file));
		} catch (error) {
			if (!isFailure(error, 'MODEL_FILE_INVALID')) throw error;
			const { fileName } = error.data;
			// People know the file by the name that it came with.
			throw failure('MODEL_FILE_INVALID', { ...error.data, fileName: files.find(({ file }) => basename(file) === fileName)?.fileName ?? fileName });
		}
	}

	async #addPlaced(placed: Placed, sums: (KnownSums | null)[], add: (described: NewFile[]) => ModelRecord): Promise<ModelRecord> {
		let added: ModelRecord;
		try {
			added = add(await noteFiles(placed.paths, sums));
		} catch (error) {
			await placed.undo();
			throw error;
		}
		await placed.settle();
		return added;
	}

	#add(facts: GgufFacts, about: About & { fileNames: string[]; owned: boolean; linked: boolean }, files: NewFile[]): ModelRecord {
		const { owned, linked, origin } = about;
		const described: NewModel = {
			...summarize(facts),
			...{ owned, linked, origin },
			name: nameModel(about.name ?? facts.name, about.fileNames[0] ?? ''),
			sizeBytes: files.reduce((bytes, file) => bytes + file.sizeBytes, 0),
			defaults: about.defaults ?? null,
			license: about.license ?? facts.license,
			tags: about.tags ?? [],
		};
		const record = this.#options.table.add(described, files);
		const { id: modelId, architecture, quantization, sizeBytes } = record;
		this.#options.log.info({ modelId, architecture, quantization, sizeBytes }, 'model added');
		return record;
	}
}

/** What of a model's own facts is kept on the list. */
export function summarize(facts: GgufFacts) {
	const { kind, architecture, parameters, quantization } = facts;
	// Projectors and adapters have no context of their own.
	return { kind, architecture, parameters, quantization, contextTokens: facts.contextTokens || null, hasChatTemplate: facts.chatTemplate !== null };
}

/** Files as they are to be written down, looked at now. */
export function noteFiles(paths: string[], sums: (KnownSums | null)[]): Promise<NewFile[]> {
	return Promise.all(
		paths.map(async (path, i) => {
			const { size, mtimeMs } = await stat(path);
			return { path, sizeBytes: size, modifiedAt: Math.trunc(mtimeMs), ...sums[i] };
		}),
	);
}

async function identityOf(path: string): Promise<string | null> {
	const stats = await stat(path, { bigint: true }).catch(() => null);
	return stats && `${stats.dev}:${stats.ino}`;
}
