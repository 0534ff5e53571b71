import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { isNotNull, lt } from 'drizzle-orm';
import { failure, isFailure } from '#contract/errors.ts';
import type { Adapter, AttachedAdapter, MergeType, RunOutcome } from '#contract/finetune.ts';
import type { Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { onDiskOf } from '../../platform/disk/onDiskOf.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { AdapterInspector, type Inspected } from './AdapterInspector.ts';
import { AdapterLinks } from './AdapterLinks.ts';
import { type AdapterRow, fileStateOf, findAdapter, nextVersion, ofAdapter, readAdapters, readOwnAdapter } from './adapterRows.ts';
import type { ModelsAtWork } from './ModelsAtWork.ts';
import { type MergeSpec, mergeKind } from './mergeKind.ts';
import type { RunFolders } from './RunFolders.ts';
import { type AdapterSource, receiveAdapter } from './receiveAdapter.ts';
import { refuseBroken } from './refuseBroken.ts';
import { findVersion, type RunRow } from './runRows.ts';
import { adapter } from './schema.ts';
import type { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerOrder } from './trainer/trainerContract.ts';

/** Watchers are told this many milliseconds apart at least. */
const everyMs = 200;

export interface AdaptersOptions {
	db: Db;
	jobs: Pick<JobRunner, 'register' | 'enqueue'>;
	library: { get(modelId: string): Model; addMade(made: { file: string; name: string }): Promise<Model> };
	/** Which models an account may use, as it is now. */
	usableBy: (accountId: string) => (modelId: string) => boolean;
	nameOf: (accountId: string) => string | null;
	folders: RunFolders;
	uploadsFolder: string;
	startTrainer(order: TrainerOrder): TrainerProcess;
	modelsAtWork: ModelsAtWork;
	now: () => number;
}

/** An adapter's file on its way in, and what it is to be here. */
export interface AdapterUpload {
	source: AdapterSource;
	fileName: string;
	modelId: string;
	name: string;
}

/**
 * LoRA adapters, as versions under a name of their owner's.
 *
 * Every method takes the owner first. Others see an adapter only while it is public, and only those who may use the model that it belongs
 * to. Files are looked into by a process of its own; nothing of them is read here.
 */
export class Adapters {
	readonly #options: AdaptersOptions;
	readonly #listeners = new Set<() => void>();
	readonly #inspector: AdapterInspector;
	readonly #links: AdapterLinks;

	constructor(options: AdaptersOptions) {
		this.#options = options;
		this.#inspector = new AdapterInspector(options);
		this.#links = new AdapterLinks({ ...options, inspector: this.#inspector });
		options.jobs.register(mergeKind({ ...options, adapterFile: (ownerId, adapterId) => this.#open(ownerId, adapterId).file }));
	}

	/** The owner's adapters and the public ones of models that the owner may use, newest first, now and again after each change. */
	async *watch(ownerId: string, signal?: AbortSignal): AsyncGenerator<Adapter[]> {
		const changes = latest<null>(
			(push) => {
				const listener = () => push(null);
				this.#listeners.add(listener);
				listener();
				return () => this.#listeners.delete(listener);
			},
			{ signal },
		);
		for await (const _change of changes) {
			yield this.list(ownerId);
			// An abort ends the stream itself; here it only ends the wait.
			await wait(everyMs, undefined, { signal }).catch(() => {});
		}
	}

	list(ownerId: string): Adapter[] {
		const mayUse = this.#options.usableBy(ownerId);
		return readAdapters(this.#options.db, ownerId)
			.filter((row) => row.ownerId === ownerId || (row.modelId !== null && mayUse(row.modelId)))
			.map((row) => this.#view(ownerId, row));
	}

	/** Changes the owner's own. Throws SAFETY_DROPPED and SAFETY_UNCHECKED where it is not fit to be made public; an administrator answers for an imported one. */
	change(ownerId: string, adapterId: string, changes: { name?: string | undefined; visibility?: Adapter['visibility'] | undefined }, isAdmin = false): Adapter {
		immediate(this.#options.db, (tx) => {
			const row = readOwnAdapter(tx, ownerId, adapterId);
			if (changes.visibility === 'public') refuseUnsafe(row, isAdmin);
			const name = changes.name ?? row.name;
			const version = name === row.name ? row.version : nextVersion(tx, ownerId, name);
			tx.update(adapter)
				.set({ name, version, visibility: changes.visibility ?? row.visibility })
				.where(ofAdapter(ownerId, adapterId))
				.run();
		});
		this.#changed();
		return this.#view(ownerId, readOwnAdapter(this.#options.db, ownerId, adapterId));
	}

	/** Hides the owner's own; it can be brought back until it is purged. */
	remove(ownerId: string, adapterId: string): void {
		const { db, now } = this.#options;
		readOwnAdapter(db, ownerId, adapterId);
		db.update(adapter).set({ deletedAt: now() }).where(ofAdapter(ownerId, adapterId)).run();
		this.#changed();
	}

	restore(ownerId: string, adapterId: string): Adapter {
		const { db } = this.#options;
		readOwnAdapter(db, ownerId, adapterId, true);
		db.update(adapter).set({ deletedAt: null }).where(ofAdapter(ownerId, adapterId)).run();
		this.#changed();
		return this.#view(ownerId, readOwnAdapter(db, ownerId, adapterId));
	}

	/**
	 * Takes in a GGUF LoRA for a model, after a process of its own has looked into it.
	 *
	 * Throws FILE_NOT_FOUND where nothing was sent under this id, MODEL_MISSING, MODEL_DAMAGED, ADAPTER_INVALID, ADAPTER_UNFIT, DISK_FULL and DISK_FAILED;
	 * nothing is kept then, and what was sent is gone.
	 */
	async import(ownerId: string, { source, fileName, modelId, name }: AdapterUpload): Promise<Adapter> {
		const model = this.#options.library.get(modelId);
		refuseBroken(model);
		const file = await receiveAdapter(source, this.#options.folders.work(randomUUID()), { ...this.#options, fileName });
		try {
			const inspected = await this.#inspector.inspect(ownerId, file, model, fileName);
			const row = this.#describe(ownerId, { name, model, sizeBytes: (await stat(file)).size, inspected });
			await this.#place(file, row.id);
			immediate(this.#options.db, (tx) =>
				tx
					.insert(adapter)
					.values({ ...row, version: nextVersion(tx, ownerId, name), origin: { from: 'import', fileName } })
					.run(),
			);
			this.#changed();
			return this.#view(ownerId, readOwnAdapter(this.#options.db, ownerId, row.id));
		} finally {
			await rm(file, { force: true });
		}
	}

	/** The adapter's file under a name that tells it, read only as it is sent. Throws ADAPTER_MISSING. */
	async export(ownerId: string, adapterId: string): Promise<{ fileName: string; file: File }> {
		const { row, file } = this.#open(ownerId, adapterId);
		// Letters, digits and spaces make a name that every system takes.
		const plain = row.name
			.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
			.trim()
			.slice(0, 60)
			.toWellFormed();
		const fileName = `${plain || 'Adapter'} ${row.version}.gguf`;
		return { fileName, file: new File([await openAsBlob(file)], fileName) };
	}

	/**
	 * Queues the job that merges an adapter into its base, for an administrator. A merged model is for all who may use models, so what is not
	 * fit to be public is refused: throws SAFETY_DROPPED and SAFETY_UNCHECKED; ADAPTER_MISSING, ADAPTER_UNFIT, MODEL_MISSING and MODEL_DAMAGED.
	 */
	merge(ownerId: string, adapterId: string, order: { type: MergeType; name: string; scale: number }): Job {
		const { row } = this.#open(ownerId, adapterId);
		refuseUnsafe(row, true);
		const model = this.#modelOf(row);
		if (!model) throw failure('ADAPTER_UNFIT', { name: row.name, reason: 'otherBase', detail: 'The model that it belongs to is not in the library.' });
		refuseBroken(model);
		const spec: MergeSpec = { adapterId, modelId: model.id, ...order };
		return this.#options.jobs.enqueue({ kind: 'merge', ownerId, title: order.name, spec });
	}

	/**
	 * The file of an adapter that the owner may use with this model, for an answer.
	 *
	 * Throws NOT_FOUND for what is neither the owner's nor public, ADAPTER_UNFIT where it belongs to another model, and ADAPTER_MISSING. So does
	 * reading `file`, which looks anew: a class goes on for hours, in which the adapter may be taken back.
	 */
	open(ownerId: string, attached: AttachedAdapter, modelId: string): { readonly file: string; scale: number; name: string } {
		const look = () => {
			const { row, file } = this.#open(ownerId, attached.id);
			if (row.modelId !== modelId) throw failure('ADAPTER_UNFIT', { name: row.name, reason: 'otherBase', detail: 'It was made for another model.' });
			return { row, file };
		};
		const { name } = look().row;
		return {
			scale: attached.scale,
			name,
			get file() {
				return look().file;
			},
		};
	}

	/** The file of the owner's own adapter, hidden or not. Throws NOT_FOUND and ADAPTER_MISSING. */
	fileOf(ownerId: string, adapterId: string | null): string {
		const row = readOwnAdapter(this.#options.db, ownerId, adapterId ?? '', true);
		const file = this.#options.folders.adapter(row.id);
		if (fileStateOf(file) === 'missing') throw failure('ADAPTER_MISSING', { name: row.name });
		return file;
	}

	/**
	 * Takes in what a run has trained: its file moves to its place, then `write` is given what inserts its row, for one transaction with the
	 * run's own. Where that fails the file is where it was.
	 */
	async takeTrained(
		trained: { run: RunRow; outcome: RunOutcome; file: string; baseDigest: string },
		write: (adapterId: string, insert: (tx: Tx) => void) => void,
	): Promise<void> {
		const { run, outcome, file, baseDigest } = trained;
		const { db, library } = this.#options;
		const version = findVersion(db, run.ownerId, run.versionId);
		const { rank, alpha, targets } = run.settings;
		const described = { name: run.title, model: library.get(run.modelId), sizeBytes: (await stat(file)).size };
		const row = this.#describe(run.ownerId, { ...described, inspected: { rank, alpha, targets, baseDigest, remarks: [] } });
		const origin: Adapter['origin'] = { from: 'run', runId: run.id, datasetTitle: version?.title ?? '', datasetVersion: version?.number ?? 0 };
		await this.#place(file, row.id);
		try {
			write(row.id, (tx) => {
				const version = nextVersion(tx, run.ownerId, row.name);
				tx.insert(adapter)
					.values({ ...row, version, origin, outcome })
					.run();
			});
		} catch (error) {
			await rename(this.#options.folders.adapter(row.id), file);
			throw error;
		}
		this.#changed();
	}

	/** Gives adapters whose model went away and came back that model again (AdapterLinks.ts). Whoever watches is told that models came and went. */
	async relink(models: readonly Model[]): Promise<void> {
		await this.#links.renew(models);
		this.#changed();
	}

	/** To be called where somebody's rights or name have changed: others see other adapters then. */
	lookAnew(): void {
		this.#changed();
	}

	/** Writes down what more is known of a trained adapter. One that refuses less than its base is private from then on. */
	noteOutcome(tx: Tx, ownerId: string, adapterId: string | null, outcome: RunOutcome): void {
		const hidden = outcome.safety?.dropped ? ({ visibility: 'private' } as const) : {};
		tx.update(adapter)
			.set({ outcome, ...hidden })
			.where(ofAdapter(ownerId, adapterId ?? ''))
			.run();
		this.#changed();
	}

	/** Forgets what was hidden before `before`, and tells the ids of all adapters that are left, hidden ones too. */
	purge(before: number): Set<string> {
		const { db } = this.#options;
		// Whoever's they are: nobody has asked for anything yet.
		db.delete(adapter)
			.where(everyOwner(adapter, isNotNull(adapter.deletedAt), lt(adapter.deletedAt, before)))
			.run();
		const left = db.select({ id: adapter.id }).from(adapter).where(everyOwner(adapter)).all();
		return new Set(left.map(({ id }) => id));
	}

	/** What is known of all adapters of an owner, hidden ones too, for the owner to take away. Their files are taken one by one (`export`). */
	exportOf(ownerId: string): unknown {
		const own = this.#options.db.select().from(adapter).where(owned(adapter, ownerId)).orderBy(adapter.createdAt).all();
		return own.map(({ ownerId: _ownerId, ...row }) => row);
	}

	/** Whether an owner has any adapter, hidden ones counted. */
	hasAny(ownerId: string): boolean {
		return this.#options.db.select({ id: adapter.id }).from(adapter).where(owned(adapter, ownerId)).get() !== undefined;
	}

	/** Deletes all adapters of an owner, in the transaction that deletes the owner; tells their ids, whose files are to be deleted after it. */
	removeAllOf(ownerId: string, tx: Tx): string[] {
		const gone = tx.delete(adapter).where(owned(adapter, ownerId)).returning({ id: adapter.id }).all();
		this.#changed();
		return gone.map(({ id }) => id);
	}

	#open(ownerId: string, adapterId: string): { row: AdapterRow; file: string } {
		const row = findAdapter(this.#options.db, ownerId, adapterId);
		const isTheirs = row && (row.ownerId === ownerId || (row.modelId !== null && this.#options.usableBy(ownerId)(row.modelId)));
		if (!isTheirs) throw failure('NOT_FOUND', { what: 'adapter' });
		const file = this.#options.folders.adapter(row.id);
		if (fileStateOf(file) === 'missing') throw failure('ADAPTER_MISSING', { name: row.name });
		return { row, file };
	}

	#modelOf({ modelId }: AdapterRow): Model | null {
		if (modelId === null) return null;
		try {
			return this.#options.library.get(modelId);
		} catch (error) {
			// It was taken off the library.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}

	#view(viewer: string, { ownerId, deletedAt: _deletedAt, ...row }: AdapterRow): Adapter {
		return {
			...row,
			modelId: this.#modelOf({ ownerId, deletedAt: null, ...row })?.id ?? null,
			fileState: fileStateOf(this.#options.folders.adapter(row.id)),
			mine: ownerId === viewer,
			ownerName: this.#options.nameOf(ownerId) ?? '',
		};
	}

	#describe(
		ownerId: string,
		{
			name,
			model,
			sizeBytes,
			inspected,
		}: {
			name: string;
			model: Model;
			sizeBytes: number;
			inspected: Pick<Inspected, 'rank' | 'alpha' | 'targets' | 'baseDigest' | 'remarks'>;
		},
	) {
		const { rank, alpha, targets, baseDigest, remarks } = inspected;
		return {
			...{ id: randomUUID(), ownerId, name, modelId: model.id, modelName: model.name, sizeBytes, outcome: null, visibility: 'private' as const },
			...{ rank, alpha, targets, baseDigest, remarks, createdAt: this.#options.now() },
		};
	}

	async #place(file: string, adapterId: string): Promise<void> {
		const { folders } = this.#options;
		await onDiskOf(folders.path, () => rename(file, folders.adapter(adapterId)));
	}

	#changed(): void {
		for (const listener of this.#listeners) listener();
	}
}

function refuseUnsafe({ origin, outcome }: AdapterRow, isAdmin: boolean): void {
	const safety = outcome?.safety ?? null;
	// An imported one has no run that could check it: else an export that comes back would be a way around the check.
	if (safety === null && !(isAdmin && origin.from === 'import')) throw failure('SAFETY_UNCHECKED', { reason: origin.from });
	if (safety?.dropped) {
		const { prompts, refusedBefore, refusedAfter } = safety;
		throw failure('SAFETY_DROPPED', { prompts, refusedBefore, refusedAfter });
	}
}
