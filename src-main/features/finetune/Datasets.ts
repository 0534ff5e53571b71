import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Dataset, DatasetPreview, DatasetProblem, DatasetSource, ExampleTurn, TokenStatistics } from '#contract/finetune.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { latest } from '../../platform/rpc/latest.ts';
import { eachExample, readDataset, readDatasets, readExamples, readVersion, type StoredExample, walkExamples } from './datasetRows.ts';
import { ExampleCollector } from './ExampleCollector.ts';
import { purgeDatasets } from './purgeDatasets.ts';
import { type OwnWorkSources, type ReadSource, readSource } from './readSource.ts';
import { dataset } from './schema.ts';
import { tokenStatistics } from './tokenStatistics.ts';
import { writeVersion } from './writeVersion.ts';

const shownProblems = 100;
const sampleExamples = 20;
/** How far the counting of tokens is, is told this many milliseconds apart at least. */
const tellMs = 200;

/** One chat as tokens of a model, and which of them are learnt. */
export interface EncodedChat {
	tokens: number[];
	learnt: boolean[];
}

/** What counting tokens tells while it goes on, and at its end. */
export type TokenCount = { type: 'progress'; fraction: number } | { type: 'statistics'; statistics: TokenStatistics };

/**
 * Chats to learn from, kept as versions that never change.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. Long work gives way to the rest of the
 * app, and a version is seen only when it is whole. Call `recover` once before anything else.
 */
export class Datasets {
	readonly #db: Db;
	readonly #own: OwnWorkSources;
	readonly #encode: (ownerId: string, modelId: string, chats: ExampleTurn[][], signal?: AbortSignal) => AsyncIterable<EncodedChat>;
	readonly #now: () => number;
	readonly #listeners = new Map<string, Set<() => void>>();

	constructor(
		options: {
			db: Db;
			/** Makes tokens of chats with the model's own template, in order. */
			encode(ownerId: string, modelId: string, chats: ExampleTurn[][], signal?: AbortSignal): AsyncIterable<EncodedChat>;
			now?: () => number;
		} & OwnWorkSources,
	) {
		this.#db = options.db;
		this.#own = options;
		this.#encode = options.encode;
		this.#now = options.now ?? Date.now;
	}

	/** Deletes what was hidden long ago and what the last run of the app left half-written. */
	recover(): void {
		purgeDatasets(this.#db, this.#now() - keepDeletedMs);
	}

	/** The owner's datasets now, and again after each change. */
	list(ownerId: string): Dataset[] {
		return readDatasets(this.#db, ownerId);
	}

	async *watch(ownerId: string, signal?: AbortSignal): AsyncGenerator<Dataset[]> {
		const subscribe = (push: (value: null) => void) => this.#subscribe(ownerId, () => push(null));
		for await (const _ of latest<null>(subscribe, { signal })) yield readDatasets(this.#db, ownerId);
	}

	/** Reads a source without keeping it. Throws as `create` does, but for a table of which the columns' meaning is not known yet. */
	async preview(ownerId: string, source: DatasetSource): Promise<DatasetPreview> {
		const gathered = new ExampleCollector();
		const { form, encoding, delimiter, columns, chosenColumns } = await readSource(ownerId, source, this.#own, gathered);
		const { examples, problems, duplicateCount, refusedCount, characters } = gathered;
		return {
			...{ form, encoding, delimiter, columns, chosenColumns },
			...{ exampleCount: examples.length, duplicateCount, refusedCount, characters },
			sample: examples.slice(0, sampleExamples),
			problems: inOrder(problems).slice(0, shownProblems),
		};
	}

	/** Keeps a source as a new dataset. Throws DATASET_INVALID where it gives no example, and what readSource.ts does. */
	async create(ownerId: string, title: string, source: DatasetSource): Promise<Dataset> {
		const gathered = new ExampleCollector();
		const read = await this.#gather(ownerId, source, gathered);
		const id = randomUUID();
		// Nobody sees it before its first version is whole.
		this.#db.insert(dataset).values({ id, ownerId, title, createdAt: this.#now() }).run();
		try {
			await writeVersion(this.#db, { ownerId, datasetId: id }, read, gathered, this.#now());
		} catch (error) {
			this.#db
				.delete(dataset)
				.where(owned(dataset, ownerId, eq(dataset.id, id)))
				.run();
			throw error;
		}
		return this.#told(ownerId, id);
	}

	/** Adds a version, with `extend` behind the examples of the newest one. Throws as `create` does. */
	async addVersion(ownerId: string, datasetId: string, source: DatasetSource, extend: boolean): Promise<Dataset> {
		const [newest] = readDataset(this.#db, ownerId, datasetId).versions;
		const gathered = new ExampleCollector();
		if (extend && newest) for await (const example of walkExamples(this.#db, ownerId, newest.id)) gathered.keep(example);
		const kept = gathered.examples.length;
		const read = await this.#gather(ownerId, source, gathered, kept);
		await writeVersion(this.#db, { ownerId, datasetId }, read, gathered, this.#now());
		return this.#told(ownerId, datasetId);
	}

	rename(ownerId: string, datasetId: string, title: string): Dataset {
		readDataset(this.#db, ownerId, datasetId);
		this.#set(ownerId, datasetId, { title });
		return this.#told(ownerId, datasetId);
	}

	/** Hides a dataset; what was trained with it stays. It can be brought back until it is purged. */
	remove(ownerId: string, datasetId: string): void {
		readDataset(this.#db, ownerId, datasetId);
		this.#set(ownerId, datasetId, { deletedAt: this.#now() });
		this.#tell(ownerId);
	}

	restore(ownerId: string, datasetId: string): Dataset {
		readDataset(this.#db, ownerId, datasetId, true);
		this.#set(ownerId, datasetId, { deletedAt: null });
		return this.#told(ownerId, datasetId);
	}

	/** Examples of a version from one on, counted from 0, and how many there are. */
	examples(ownerId: string, versionId: string, from: number, count: number): { total: number; examples: StoredExample[] } {
		const { exampleCount } = readVersion(this.#db, ownerId, versionId);
		return { total: exampleCount, examples: readExamples(this.#db, ownerId, versionId, from, count) };
	}

	/** What was left out of a version, in the order of its source. */
	problems(ownerId: string, versionId: string): DatasetProblem[] {
		return inOrder(readVersion(this.#db, ownerId, versionId).problems);
	}

	/** How far it is, then how long the examples of a version are in tokens of a model. Throws what making tokens can fail with. */
	async *tokens(ownerId: string, versionId: string, modelId: string, signal?: AbortSignal): AsyncGenerator<TokenCount> {
		const { exampleCount } = readVersion(this.#db, ownerId, versionId);
		yield { type: 'progress', fraction: 0 };
		const chats: ExampleTurn[][] = [];
		for await (const { turns } of walkExamples(this.#db, ownerId, versionId)) chats.push(turns);
		const lengths: { tokens: number; learnt: number }[] = [];
		let toldAt = performance.now();
		for await (const { tokens, learnt } of this.#encode(ownerId, modelId, chats, signal)) {
			lengths.push({ tokens: tokens.length, learnt: learnt.filter(Boolean).length });
			if (performance.now() - toldAt < tellMs) continue;
			toldAt = performance.now();
			yield { type: 'progress', fraction: lengths.length / exampleCount };
		}
		yield { type: 'statistics', statistics: tokenStatistics(lengths) };
	}

	/** A version as lines of JSON, which read back are the same examples. */
	async export(ownerId: string, versionId: string): Promise<{ fileName: string; text: string }> {
		const { title, number } = readVersion(this.#db, ownerId, versionId);
		const lines: string[] = [];
		for await (const { turns } of walkExamples(this.#db, ownerId, versionId)) {
			// Escaped, so that what reads the file does not take it for a byte that could not be decoded.
			lines.push(JSON.stringify({ messages: turns }).replaceAll('\uFFFD', '\\ufffd'));
		}
		return { fileName: `${plainName(title)} v${number}.jsonl`, text: lines.map((line) => `${line}\n`).join('') };
	}

	/** All datasets of an owner with all versions and examples, hidden ones too, for the owner to take away. */
	*exportOf(ownerId: string): Generator<{ title: string; versions: (Dataset['versions'][number] & { examples: Iterable<StoredExample> })[] }> {
		for (const { versions, ...row } of readDatasets(this.#db, ownerId, true))
			yield { ...row, versions: versions.map((version) => ({ ...version, examples: eachExample(this.#db, ownerId, version.id) })) };
	}

	/** Deletes all of an owner's datasets, in the transaction that deletes the owner. */
	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(dataset).where(owned(dataset, ownerId)).run();
	}

	async #gather(ownerId: string, source: DatasetSource, into: ExampleCollector, kept = 0): Promise<ReadSource> {
		const read = await readSource(ownerId, source, this.#own, into);
		if (into.examples.length > kept) return read;
		const [first] = into.problems;
		throw failure('DATASET_INVALID', { row: first?.row ?? null, field: first?.field ?? null, reason: 'noExamples' });
	}

	#set(ownerId: string, datasetId: string, values: { title?: string; deletedAt?: number | null }): void {
		this.#db
			.update(dataset)
			.set(values)
			.where(owned(dataset, ownerId, eq(dataset.id, datasetId)))
			.run();
	}

	#told(ownerId: string, datasetId: string): Dataset {
		this.#tell(ownerId);
		return readDataset(this.#db, ownerId, datasetId);
	}

	#tell(ownerId: string): void {
		for (const listener of this.#listeners.get(ownerId) ?? []) listener();
	}

	#subscribe(ownerId: string, listener: () => void): () => void {
		const listeners = this.#listeners.get(ownerId) ?? new Set();
		this.#listeners.set(ownerId, listeners.add(listener));
		listener();
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0) this.#listeners.delete(ownerId);
		};
	}
}

function inOrder(problems: readonly DatasetProblem[]): DatasetProblem[] {
	return problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
}

/** Letters, digits and spaces make a name that every system takes. */
function plainName(title: string): string {
	const plain = title
		.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
		.trim()
		.slice(0, 60)
		.toWellFormed();
	return `Dataset ${plain}`.trim();
}
