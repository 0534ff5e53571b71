import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Store } from '../../platform/database/openDatabase.ts';
import { nameApart } from './nameModel.ts';
import { model, modelFile } from './schema.ts';

type Row = typeof model.$inferSelect;
type FileRow = typeof modelFile.$inferSelect;

/** One file of a model as it is kept, without its block sums, which are large and seldom needed. */
export type FileRecord = Omit<FileRow, 'modelId' | 'blockSums'>;

/** A model as it is kept, its files in their order. */
export interface ModelRecord extends Row {
	files: FileRecord[];
}

/** A file to be written down; its position is its place in the list. */
export type NewFile = Pick<FileRow, 'path' | 'sizeBytes' | 'modifiedAt'> & Partial<Omit<FileRow, 'modelId' | 'position'>>;

/** A model to be written down. */
export type NewModel = Omit<Row, 'id' | 'addedAt' | 'lastUsedAt'>;

const { blockSums: _, modelId: __, ...fileColumns } = getTableColumns(modelFile);

/**
 * The models and their files as the database keeps them. It knows nothing of the disk.
 *
 * A name stands for one model only, and so does a path. Each change is told to `onChange` once it is committed.
 */
export class ModelTable {
	readonly #db: Db;
	readonly #listeners = new Set<() => void>();
	readonly #rows;
	readonly #row;
	readonly #files;
	readonly #filesOfAll;

	constructor(db: Db) {
		this.#db = db;
		// Prepared once: each answer of a model asks for some of them.
		const itsId = sql.placeholder('modelId');
		this.#rows = db.select().from(model).prepare();
		this.#row = db.select().from(model).where(eq(model.id, itsId)).prepare();
		this.#files = db.select(fileColumns).from(modelFile).where(eq(modelFile.modelId, itsId)).orderBy(asc(modelFile.position)).prepare();
		this.#filesOfAll = db
			.select({ modelId: modelFile.modelId, ...fileColumns })
			.from(modelFile)
			.orderBy(asc(modelFile.position))
			.prepare();
	}

	/** All models, the newest first. */
	all(): ModelRecord[] {
		const files = Map.groupBy(this.#filesOfAll.all(), (file) => file.modelId);
		const records = this.rows().map((row) => ({ ...row, files: (files.get(row.id) ?? []).map(({ modelId: _, ...file }) => file) }));
		return records.sort((a, b) => b.addedAt - a.addedAt || a.name.localeCompare(b.name));
	}

	/** The models without their files. */
	rows(): Row[] {
		return this.#rows.all();
	}

	/** Where all files of all models are. */
	paths(): string[] {
		return this.#filesOfAll.all().map(({ path }) => path);
	}

	/** One without its files; null where it is gone. */
	row(modelId: string): Row | null {
		return this.#row.get({ modelId }) ?? null;
	}

	/** Throws NOT_FOUND. */
	get(modelId: string): ModelRecord {
		const found = this.find(modelId);
		if (!found) throw failure('NOT_FOUND', { what: 'model' });
		return found;
	}

	find(modelId: string): ModelRecord | null {
		const row = this.row(modelId);
		return row && { ...row, files: this.#files.all({ modelId }) };
	}

	/** The model whose files have these checksums, all and in this order; null where there is none, or one is not known. */
	findBySha256(sha256s: readonly (string | null)[]): ModelRecord | null {
		const [first] = sha256s;
		if (!first) return null;
		const candidates = this.#db.select({ id: modelFile.modelId }).from(modelFile).where(eq(modelFile.sha256, first)).all();
		const records = candidates.map(({ id }) => this.get(id));
		return records.find(({ files }) => files.length === sha256s.length && files.every((file, i) => file.sha256 === sha256s[i])) ?? null;
	}

	/** The block sums of a model's files, in their order; null for a file that was never summed. */
	blockSums(modelId: string): (Buffer | null)[] {
		const rows = this.#db
			.select({ blockSums: modelFile.blockSums })
			.from(modelFile)
			.where(eq(modelFile.modelId, modelId))
			.orderBy(asc(modelFile.position))
			.all();
		return rows.map(({ blockSums }) => blockSums);
	}

	/** Adds a model under a name that no other has. Throws MODEL_EXISTS where one of the paths is another model's. */
	add(added: NewModel, files: NewFile[]): ModelRecord {
		const id = randomUUID();
		immediate(this.#db, (tx) => {
			const names = new Set(
				tx
					.select({ name: model.name })
					.from(model)
					.all()
					.map(({ name }) => name),
			);
			const name = nameApart(added.name, basename(files[0]?.path ?? ''), (candidate) => names.has(candidate));
			tx.insert(model)
				.values({ ...added, name, id, addedAt: Date.now() })
				.run();
			insertFiles(tx, id, files);
		});
		this.tell();
		return this.get(id);
	}

	/** Changes what is named; with `files` those take the place of all that were. Throws MODEL_EXISTS as `add` does. */
	update(modelId: string, changes: Partial<NewModel> & { lastUsedAt?: number }, files?: NewFile[]): ModelRecord {
		immediate(this.#db, (tx) => {
			if (Object.keys(changes).length > 0) tx.update(model).set(changes).where(eq(model.id, modelId)).run();
			if (!files) return;
			tx.delete(modelFile).where(eq(modelFile.modelId, modelId)).run();
			insertFiles(tx, modelId, files);
		});
		this.tell();
		return this.get(modelId);
	}

	/** Changes what is known of one file; nothing happens where it is gone. */
	updateFile(modelId: string, position: number, changes: Partial<Omit<FileRow, 'modelId' | 'position'>>): void {
		const isIt = and(eq(modelFile.modelId, modelId), eq(modelFile.position, position));
		this.#db.update(modelFile).set(changes).where(isIt).run();
		this.tell();
	}

	remove(modelId: string): void {
		this.#db.delete(model).where(eq(model.id, modelId)).run();
		this.tell();
	}

	/** Calls `listener` after each change and returns how to stop that. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Lets the listeners look anew, after something changed on the disk. */
	tell(): void {
		for (const listener of [...this.#listeners]) listener();
	}
}

function insertFiles(tx: Store, modelId: string, files: NewFile[]): void {
	for (const [position, file] of files.entries()) {
		const known = tx
			.select({ id: model.id, name: model.name })
			.from(modelFile)
			.innerJoin(model, eq(model.id, modelFile.modelId))
			.where(eq(modelFile.path, file.path))
			.get();
		if (known) throw failure('MODEL_EXISTS', { modelId: known.id, name: known.name });
		tx.insert(modelFile)
			.values({ ...file, modelId, position })
			.run();
	}
}
