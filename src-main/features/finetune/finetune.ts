import path from 'node:path';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { Model } from '#contract/library.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import type { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { GgufFacts } from '../library/gguf/gatherFacts.ts';
import { Adapters } from './Adapters.ts';
import { Datasets } from './Datasets.ts';
import { deletedTraining } from './deletedTraining.ts';
import { ModelsAtWork } from './ModelsAtWork.ts';
import { RunFolders } from './RunFolders.ts';
import { Runs } from './Runs.ts';
import type { OwnWorkSources } from './readSource.ts';
import { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerOrder } from './trainer/trainerContract.ts';
import type { GradeForm, TrainingEngine } from './trainingTools.ts';

export { datasetTexts } from './datasetTexts.ts';

/** What fine-tuning needs of the models. */
interface ModelDoor {
	get(modelId: string): Model;
	facts(modelId: string): Promise<GgufFacts>;
	watch(signal?: AbortSignal): AsyncIterable<Model[]>;
	addMade(made: { file: string; name: string }): Promise<Model>;
}

/**
 * Fine-tuning without Python: datasets, runs that train adapters on a model with them, and the adapters.
 *
 * Make it before the jobs are started, whose kinds it registers, and call `recover` once before that. Everything that computes is a
 * process of its own (TrainerProcess.ts, the engine's hosts).
 */
export class Finetune {
	readonly datasets: Datasets;
	readonly runs: Runs;
	readonly adapters: Adapters;
	/** What was deleted here and can be brought back. */
	readonly deleted: ReturnType<typeof deletedTraining>;
	readonly #modelsAtWork = new ModelsAtWork();
	readonly #folders: RunFolders;
	readonly #now: () => number;
	readonly #log: Logger;
	readonly #closing = new AbortController();
	readonly #followModels: (signal: AbortSignal) => Promise<void>;

	constructor(
		options: {
			db: Db;
			jobs: JobRunner;
			engine: TrainingEngine;
			/** What the engine is set to compute with, as it is now; null: as it thinks fit. */
			engineThreads: () => number | null;
			library: ModelDoor;
			/** Which models an account may use, as it is now. */
			usableBy: (accountId: string) => (modelId: string) => boolean;
			/** What an account is called; null where it is gone. */
			nameOf: (accountId: string) => string | null;
			/** The form of a grade, so that marks are compared as grading asks for them. */
			gradeForm: GradeForm;
			/** Where its files lie. */
			folder: string;
			uploadsFolder: string;
			/** The folder of all that ships beside the program. */
			resources: string;
			node: string;
			/** The program of a trainer. */
			trainer: string;
			log: Logger;
			now?: () => number;
		} & OwnWorkSources,
	) {
		const { db, jobs, engine, library, usableBy, nameOf, uploadsFolder, node, log, now = Date.now } = options;
		const folders = new RunFolders(options.folder);
		const startTrainer = (order: TrainerOrder) => new TrainerProcess({ node, entry: options.trainer, log, order });
		const { marksOf, cuesOf, chatsOf } = options;
		const encode: TrainingEngine['encodeChats'] = (...order) => engine.encodeChats(...order);
		this.datasets = new Datasets({ db, encode, marksOf, cuesOf, chatsOf, now });
		this.#followModels = async (signal) => {
			for await (const models of library.watch(signal)) await this.adapters.relink(models);
		};
		this.#folders = folders;
		this.#now = now;
		this.#log = log;
		const modelsAtWork = this.#modelsAtWork;
		this.adapters = new Adapters({ db, jobs, library, usableBy, nameOf, folders, uploadsFolder, startTrainer, modelsAtWork, now });
		const textFolder = path.join(options.resources, 'finetune');
		const facts = (modelId: string) => library.facts(modelId);
		this.runs = new Runs({
			db,
			jobs,
			engine,
			engineThreads: options.engineThreads,
			library,
			adapters: this.adapters,
			folders,
			textFolder,
			startTrainer,
			modelsAtWork,
			facts,
			gradeForm: options.gradeForm,
			log,
			now,
		});
		this.deleted = deletedTraining({ db, folders, datasets: this.datasets, runs: this.runs, adapters: this.adapters });
	}

	/** Purges what was hidden long ago, and deletes the files that nothing needs any more. Once, before the jobs start. */
	recover(): void {
		this.datasets.recover();
		const before = this.#now() - keepDeletedMs;
		this.#folders.recover(this.runs.purge(before), this.adapters.purge(before));
	}

	/** Looks after adapters whose model goes and comes back, until `close`. Once, after the jobs were started. */
	start(): void {
		this.#followModels(this.#closing.signal).catch((err) => this.#log.error({ err }, 'adapters are not given models that come back any more'));
	}

	/** Whether a run, an estimate, a merging or a look into an adapter is at work on a model right now. */
	isInUse(modelId: string): boolean {
		return this.#modelsAtWork.has(modelId);
	}

	/** Ends what `start` began. Runs end with their jobs. */
	close(): void {
		this.#closing.abort();
	}

	/** The runs and adapters of an account, for it to take away; its datasets are asked for themselves. */
	exportOf(ownerId: string): unknown {
		return { runs: this.runs.exportOf(ownerId), adapters: this.adapters.exportOf(ownerId) };
	}

	/** Deletes the runs and adapters of an account, in the transaction that deletes the account; files are deleted right after it. Its jobs have ended before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		const runIds = this.runs.removeAllOf(ownerId, tx);
		const adapterIds = this.adapters.removeAllOf(ownerId, tx);
		setImmediate(() =>
			this.#dropFiles(ownerId, runIds, adapterIds).catch((err) => this.#log.error({ err }, 'files of an account that was removed could not be deleted')),
		);
	}

	/** Deletes the files of what an account had. What is left of them where the app ends before, the next start deletes. */
	async #dropFiles(ownerId: string, runIds: readonly string[], adapterIds: readonly string[]): Promise<void> {
		if (this.#closing.signal.aborted) return;
		// Where the transaction was undone, all of it is still there and so are its files to be.
		if (this.runs.hasAny(ownerId) || this.adapters.hasAny(ownerId)) return;
		await Promise.all([...runIds.map((id) => this.#folders.removeRun(id)), ...adapterIds.map((id) => this.#folders.removeAdapter(id))]);
	}
}
