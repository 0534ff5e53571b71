import { failure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import { bytesOfBlocks, type Library } from '../library/library.ts';
import { repairKindName } from './DownloadJobs.ts';
import { repairSpec } from './downloadSpec.ts';
import type { PartAddress } from './foundModel.ts';
import type { LiveFigures } from './LiveFigures.ts';
import { pauseForPerson } from './pauseForPerson.ts';
import type { TransferProgress, TransferResult } from './transfer/transfer.ts';

type StoredFile = ReturnType<Library['filesOf']>[number];

export interface RepairTask {
	file: string;
	blocks: number[];
	sizeBytes: number;
	checksum: string;
	fileName: string;
	address: PartAddress;
}

interface RepairKindOptions {
	library: Pick<Library, 'get' | 'filesOf' | 'noteRepaired'>;
	live: LiveFigures;
	/** Tells whether a model is loaded: its file is not changed then. */
	isInUse: (modelId: string) => boolean;
	addressOf: (origin: Model['origin'], position: number) => PartAddress;
	repair: (task: RepairTask, watch: { signal: AbortSignal; ownerId: string; onProgress: (progress: TransferProgress) => void }) => Promise<TransferResult>;
}

/** Fetches the blocks anew that a check found wrong, and notes the files that are whole again. Does one file after the other; a start leaves out those that are. */
export function repairKind(options: RepairKindOptions): JobKind {
	return {
		kind: repairKindName,
		concurrency: 1,
		async run(run) {
			try {
				await repairModel(run, options);
			} catch (error) {
				throw pauseForPerson(error);
			} finally {
				options.live.end(run.id);
			}
		},
	};
}

/**
 * Tells how many bytes a repair would fetch anew. Throws NOT_REPAIRABLE where the model came from no place that could be asked, was not
 * checked, or is not damaged.
 */
export function measureDamage(model: Model, files: readonly StoredFile[]): number {
	const refused = (reason: 'noOrigin' | 'notChecked' | 'notDamaged') => failure('NOT_REPAIRABLE', { name: model.name, reason });
	if (model.origin.source !== 'huggingface' && model.origin.source !== 'ollama') throw refused('noOrigin');
	if (model.check === null) throw refused('notChecked');
	const bytes = files.reduce((sum, file) => sum + bytesOfBlocks(file.sizeBytes, file.badBlocks), 0);
	if (bytes === 0) throw refused('notDamaged');
	return bytes;
}

async function repairModel(run: JobRun, options: RepairKindOptions): Promise<void> {
	const { modelId, bytes } = repairSpec.parse(run.spec);
	const model = options.library.get(modelId);
	const damaged = options.library.filesOf(modelId).map((file, position) => ({ file, position }));
	let before = 0;
	for (const { file, position } of damaged) {
		const { badBlocks, sha256, sizeBytes, path } = file;
		if (!badBlocks?.length || sha256 === null) continue;
		if (options.isInUse(modelId)) throw failure('MODEL_IN_USE', { name: model.name });
		const fileName = model.files[position]?.fileName ?? model.fileName;
		const task = { file: path, blocks: badBlocks, sizeBytes, checksum: `sha256:${sha256}`, fileName, address: options.addressOf(model.origin, position) };
		const onProgress = ({ phase, waiting, bytesPerSecond, bytesDone }: TransferProgress) => {
			const done = Math.min(bytes, before + bytesDone);
			options.live.tell(run.id, { phase, waiting, bytesPerSecond, bytesDone: done });
			run.progress({ fraction: done / bytes, detail: fileName });
		};
		options.library.noteRepaired(modelId, position, await options.repair(task, { signal: run.signal, ownerId: run.ownerId, onProgress }));
		before += bytesOfBlocks(sizeBytes, badBlocks);
	}
}
