import { isFailure } from '#contract/errors.ts';
import type { ModelOrigin } from '#contract/library.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Library } from '../library/library.ts';
import { downloadKindName } from './DownloadJobs.ts';
import {
	type Bundle,
	bytesHere,
	bytesOf,
	type DownloadCheckpoint,
	type DownloadSpec,
	downloadCheckpoint,
	downloadSpec,
	type SpecPart,
	sha256sOf,
} from './downloadSpec.ts';
import type { PartAddress } from './foundModel.ts';
import type { LiveFigures } from './LiveFigures.ts';
import type { PartsFolder } from './PartsFolder.ts';
import { pauseForPerson } from './pauseForPerson.ts';
import type { Reservation } from './RoomLedger.ts';
import type { TransferProgress, TransferResult } from './transfer/transfer.ts';

/** So often the job notes how far it is: a start that fetched this much was not in vain, whatever ends it. */
const checkpointBytes = 16 * 2 ** 20;

export interface DownloadKindOptions {
	library: Pick<Library, 'addDownloaded' | 'findBySha256'>;
	parts: PartsFolder;
	live: LiveFigures;
	/** Reserves room for so many bytes more. Throws DISK_FULL. */
	reserve: (bytes: number) => Promise<Reservation>;
	/** How many run at a time; asked anew each time. */
	atOnce: () => number;
	addressOf: (source: DownloadSpec['source'], part: { name: string; revision: string; path: string }) => PartAddress;
	transfer: (task: { part: SpecPart; address: PartAddress; fileName: string; partFile: string }, watch: TransferWatch) => Promise<TransferResult>;
	/** Called when a run ended, in whatever way. */
	ended: () => void;
}

export interface TransferWatch {
	signal: AbortSignal;
	ownerId: string;
	onProgress: (progress: TransferProgress) => void;
}

/**
 * Fetches a model and what is wanted with it into the library: part by part into the folder of parts, each verified, and taken in when
 * all of a model is there.
 *
 * A start goes on where the parts stand, and leaves out what the library has already. What only a person can mend pauses the job
 * (pauseForPerson).
 */
export function downloadKind(options: DownloadKindOptions): JobKind {
	return {
		kind: downloadKindName,
		concurrency: options.atOnce,
		async run(run) {
			const download = new DownloadRun(run, options);
			try {
				await download.carryOut();
			} catch (error) {
				throw pauseForPerson(error);
			} finally {
				download.release();
				options.live.end(run.id);
				options.ended();
			}
		},
	};
}

/** After these the part can never become what it should be. */
const spoiling: ReadonlySet<string> = new Set(['DOWNLOAD_CORRUPT', 'DOWNLOAD_CHANGED']);

class DownloadRun {
	readonly #run: JobRun;
	readonly #options: DownloadKindOptions;
	readonly #spec: DownloadSpec;
	readonly #bytesTotal: number;
	#checkpoint: DownloadCheckpoint;
	#room: Reservation | null = null;
	/** Of the parts that are whole. */
	#bytesBefore = 0;

	constructor(run: JobRun, options: DownloadKindOptions) {
		this.#run = run;
		this.#options = options;
		this.#spec = downloadSpec.parse(run.spec);
		this.#bytesTotal = bytesOf(this.#spec);
		this.#checkpoint = downloadCheckpoint.parse(run.checkpoint ?? { modelIds: [], bytesDone: 0 });
	}

	async carryOut(): Promise<void> {
		const { bundles } = this.#spec;
		const bytesDone = bytesHere(this.#spec, this.#checkpoint.modelIds, (part) => this.#options.parts.keptBytes(part));
		this.#tell(bundles[0], { phase: 'connecting', bytesDone, bytesPerSecond: null, waiting: null });
		const missing = bundles.flatMap(({ parts }) => parts).map((part) => part.sizeBytes - this.#options.parts.keptBytes(part));
		this.#room = await this.#options.reserve(missing.reduce((sum, bytes) => sum + bytes, 0));
		for (const [index, bundle] of bundles.entries()) {
			if (this.#checkpoint.modelIds[index] === undefined) this.#note({ modelIds: [...this.#checkpoint.modelIds, await this.#obtain(bundle)] });
			else this.#bytesBefore += bytesOf({ bundles: [bundle] });
		}
	}

	release(): void {
		this.#room?.release();
	}

	/** Answers with the id of the model that the bundle is in the library. */
	async #obtain(bundle: Bundle): Promise<string> {
		const sums = sha256sOf(bundle.parts);
		const known = sums && this.#options.library.findBySha256(sums);
		if (known?.fileState === 'present') {
			this.#bytesBefore += bytesOf({ bundles: [bundle] });
			return known.id;
		}
		const files = [];
		for (const part of bundle.parts) {
			files.push(await this.#fetch(bundle, part));
			this.#bytesBefore += part.sizeBytes;
		}
		this.#tell(bundle, { phase: 'adding', bytesDone: 0, bytesPerSecond: null, waiting: null });
		return this.#add(bundle, files);
	}

	async #fetch(bundle: Bundle, part: SpecPart) {
		const { parts, addressOf, transfer } = this.#options;
		const { source, name, revision } = this.#spec;
		const fileName = bundle.parts.length > 1 ? part.path.slice(part.path.lastIndexOf('/') + 1) : bundle.fileName;
		const task = { part, address: addressOf(source, { name, revision, path: part.path }), fileName, partFile: parts.partFile(part) };
		const kept = parts.keptBytes(part);
		const onProgress = (progress: TransferProgress) => {
			// What is kept is read again before it counts; meanwhile it is there all the same.
			const isBeginning = progress.phase === 'connecting' || progress.phase === 'waiting';
			this.#tell(bundle, isBeginning ? { ...progress, bytesDone: Math.max(progress.bytesDone, kept) } : progress);
		};
		try {
			const { sha256, blockSums } = await transfer(task, { signal: this.#run.signal, ownerId: this.#run.ownerId, onProgress });
			return { partFile: task.partFile, fileName, sha256, blockSums };
		} catch (error) {
			if (isFailure(error) && spoiling.has(error.code)) parts.discard([part]);
			throw error;
		}
	}

	async #add(bundle: Bundle, files: { partFile: string; fileName: string; sha256: string; blockSums: Buffer }[]): Promise<string> {
		const { license, defaults, source, name } = this.#spec;
		this.#run.signal.throwIfAborted();
		try {
			const model = await this.#options.library.addDownloaded({
				files,
				origin: originOf(this.#spec, bundle),
				license,
				defaults: bundle.kind === 'model' ? defaults : null,
				...(source === 'ollama' && bundle.kind === 'model' ? { name } : {}),
			});
			return model.id;
		} catch (error) {
			// It came into the library by another way meanwhile; that is what was wanted.
			if (isFailure(error, 'MODEL_EXISTS')) return error.data.modelId;
			if (isFailure(error, 'MODEL_FILE_INVALID')) this.#options.parts.discard(bundle.parts);
			throw error;
		}
	}

	#tell(bundle: Bundle | undefined, progress: Omit<TransferProgress, 'phase'> & { phase: TransferProgress['phase'] | 'adding' }): void {
		const { phase, waiting, bytesPerSecond } = progress;
		const bytesDone = Math.min(this.#bytesTotal, this.#bytesBefore + progress.bytesDone);
		this.#options.live.tell(this.#run.id, { phase, waiting, bytesPerSecond, bytesDone });
		this.#room?.shrinkTo(this.#bytesTotal - bytesDone);
		this.#run.progress({ fraction: bytesDone / this.#bytesTotal, ...(bundle ? { detail: bundle.fileName } : {}) });
		if (bytesDone >= this.#checkpoint.bytesDone + checkpointBytes && !this.#run.signal.aborted) this.#note({ bytesDone });
	}

	#note(changes: Partial<DownloadCheckpoint>): void {
		this.#checkpoint = { ...this.#checkpoint, ...changes };
		this.#run.saveCheckpoint(this.#checkpoint);
	}
}

function originOf({ source, name, revision }: DownloadSpec, bundle: Bundle): ModelOrigin {
	if (source === 'ollama') return { source, name, digest: bundle.id };
	return { source, repo: name, revision, paths: bundle.parts.map(({ path }) => path) };
}
