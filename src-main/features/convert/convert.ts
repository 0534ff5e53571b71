import type { ConvertSource } from '#contract/convert.ts';
import type { Mended } from '#contract/convertMend.ts';
import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import type { NamedModel } from '#contract/library.ts';
import type { Db, Store, Tx } from '../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { ThreadEnded } from '../../platform/process/TaskThreads.ts';
import { type AdapterShelf, type Models, noAdapters } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Batches } from './Batches.ts';
import { ConversionFiles } from './ConversionFiles.ts';
import { convertFiles } from './convertFiles.ts';
import {
	type Compared,
	type ConvertAnswers,
	type ConvertedBack,
	type ConvertedText,
	type ConvertTask,
	ConvertThreads,
	type Detected,
	type TextTask,
	type Validated,
} from './convertTasks.ts';
import { deletedPresets } from './deletedPresets.ts';
import { stoppedFor } from './failureOf.ts';
import { knownFormats } from './knownFormats.ts';
import { type PutOrder, Repairer } from './mend/Repairer.ts';
import { PaidWriter } from './PaidWriter.ts';
import { Presets } from './Presets.ts';
import { RecordWriter } from './records/RecordWriter.ts';

/**
 * Conversion between formats of data and markup: of a text while it is typed, and of files as jobs. What a parser can do, a parser does: it costs
 * nothing, and what could not be carried is said.
 */
export class Convert {
	/** Every format that there is. */
	static readonly formats = knownFormats();
	readonly batches: Batches;
	readonly presets: Presets;
	/** What was deleted here and can be brought back. */
	readonly deleted: ReturnType<typeof deletedPresets>;
	/** What a model makes of text that no parser can read. */
	readonly records: RecordWriter;
	/** What a model makes of places that no rule mends. */
	readonly repairs: Repairer;
	readonly #db: Db;
	readonly #threads: ConvertThreads;

	constructor(options: {
		db: Db;
		jobs: JobRunner;
		/** Of batches alone. */
		folder: string;
		convertWorker: string;
		engine: Models;
		library: { get(modelId: string): NamedModel };
		ledger: Ledger;
		/** Left out: there are none. */
		adapters?: AdapterShelf;
		promptsFolder: string;
		log: Logger;
		now?: () => number;
	}) {
		const { db, jobs, folder, convertWorker, engine, library, ledger, adapters = noAdapters, log, now = Date.now } = options;
		this.#db = db;
		this.#threads = new ConvertThreads(convertWorker);
		this.presets = new Presets({ db, now });
		this.deleted = deletedPresets(db, this.presets);
		const writer = new PaidWriter({ db, engine, library, ledger, adapters });
		this.records = new RecordWriter(writer, options.promptsFolder);
		const inThread = {
			broken: (content: string, from: FormatName, signal?: AbortSignal) => this.#ask({ kind: 'broken' as const, content, from }, signal),
			putRepair: (order: PutOrder, signal?: AbortSignal) => this.#ask({ kind: 'putRepair' as const, ...order }, signal),
		};
		this.repairs = new Repairer(writer, inThread, options.promptsFolder);
		const files = new ConversionFiles(folder);
		this.batches = new Batches({ db, jobs, files, now });
		const { batches } = this;
		jobs.register(
			convertFiles({
				...{ db, log, files, threads: this.#threads },
				tellFraction: (conversionId, fileId, fraction) => batches.tellFraction(conversionId, fileId, fraction),
				changed: (conversionId, fileIds) => batches.changed(conversionId, fileIds),
			}),
		);
	}

	/** Converts a text, or the bytes of a file (replyTo.ts). Throws CONVERT_INVALID, CONVERT_UNKNOWN, CONVERT_LOSSY, CONVERT_STOPPED and JSONPATH_INVALID. */
	text(content: string | Uint8Array, order: ConvertOrder, signal?: AbortSignal): Promise<ConvertedText> {
		return this.#ask({ kind: 'text', content, order }, signal);
	}

	/** Converts a file that a program sends, as a batch does: with its name for what it is, and for as long as it takes. Throws as `text` does. */
	async file(task: TextTask, signal?: AbortSignal): Promise<ConvertedText> {
		try {
			return await this.#threads.convertHeld(task, signal);
		} catch (error) {
			if (error instanceof ThreadEnded) throw stoppedFor(error, error);
			throw error;
		}
	}

	/** As what a file is read, by its beginning and its name. */
	detect(bytes: Uint8Array, { fileName, encoding }: { fileName: string; encoding?: string | undefined }, signal?: AbortSignal): Promise<Detected> {
		return this.#ask({ kind: 'detect', bytes, fileName, encoding }, signal);
	}

	/** Checks a text by a schema, or by the one that it suggests itself. Throws also SCHEMA_INVALID. */
	validate(source: ConvertSource, schema: string | null, signal?: AbortSignal): Promise<Validated> {
		return this.#ask({ kind: 'validate', source, schema }, signal);
	}

	/** Gives the source of a conversion again, with the edits of its result in their places. Throws CONVERT_INVALID. */
	back(content: string, sidecar: Uint8Array, signal?: AbortSignal): Promise<ConvertedBack> {
		return this.#ask({ kind: 'back', edited: new TextEncoder().encode(content), sidecar }, signal);
	}

	/** Mends a text that its reader breaks off at, by rules (mend.ts). */
	mend(content: string, from: FormatName, delimiter: string | null, signal?: AbortSignal): Promise<Mended> {
		return this.#ask({ kind: 'mend', content, from, delimiter }, signal);
	}

	/** Compares two texts as values. */
	diff(left: ConvertSource, right: ConvertSource, signal?: AbortSignal): Promise<Compared> {
		return this.#ask({ kind: 'diff', left, right }, signal);
	}

	/** All that is an account's, to take away. */
	exportOf(ownerId: string): unknown {
		return { presets: this.presets.exportOf(ownerId), batches: this.batches.exportOf(this.#db satisfies Store, ownerId) };
	}

	removeAllOf(ownerId: string, tx: Tx): void {
		this.presets.removeAllOf(ownerId, tx);
		this.batches.removeAllOf(ownerId, tx);
	}

	async close(): Promise<void> {
		await this.#threads.close();
	}

	async #ask<Task extends ConvertTask>(task: Task, signal?: AbortSignal): Promise<ConvertAnswers[Task['kind']]> {
		try {
			return await this.#threads.ask(task, signal);
		} catch (error) {
			if (error instanceof ThreadEnded) throw stoppedFor(error, error);
			throw error;
		}
	}
}
