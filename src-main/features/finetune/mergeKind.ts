import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { mergeType } from '#contract/finetune.ts';
import type { Model } from '#contract/library.ts';
import { checkRoom } from '../../platform/disk/room.ts';
import type { JobKind, JobRun } from '../../platform/jobs/JobRunner.ts';
import type { ModelsAtWork } from './ModelsAtWork.ts';
import type { RunFolders } from './RunFolders.ts';
import { refuseBroken } from './refuseBroken.ts';
import type { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerOrder } from './trainer/trainerContract.ts';

const mergeSpec = z.strictObject({ adapterId: z.string(), modelId: z.string(), type: mergeType, name: z.string(), scale: z.number() });
export type MergeSpec = z.infer<typeof mergeSpec>;

interface MergeTools {
	library: { get(modelId: string): Model; addMade(made: { file: string; name: string }): Promise<Model> };
	folders: RunFolders;
	/** The file of an adapter that this account may use. */
	adapterFile(ownerId: string, adapterId: string): string;
	startTrainer(order: TrainerOrder): TrainerProcess;
	modelsAtWork: ModelsAtWork;
}

/**
 * The job that merges an adapter into its base, in a process of its own, and takes the new model into the library.
 *
 * One that is interrupted begins anew: nothing of it is kept before it is whole.
 */
export function mergeKind(tools: MergeTools): JobKind {
	return { kind: 'merge', concurrency: 1, run: (run) => merge(tools, run) };
}

async function merge(tools: MergeTools, run: JobRun): Promise<void> {
	const { adapterId, modelId } = mergeSpec.parse(run.spec);
	const model = tools.library.get(modelId);
	refuseBroken(model);
	const adapterPath = tools.adapterFile(run.ownerId, adapterId);
	const outputPath = `${tools.folders.work(run.id)}.gguf`;
	const release = tools.modelsAtWork.hold(modelId);
	try {
		await mergeInto(tools, run, { model, adapterPath, outputPath });
	} finally {
		release();
	}
}

async function mergeInto(
	tools: MergeTools,
	run: JobRun,
	{ model, adapterPath, outputPath }: { model: Model; adapterPath: string; outputPath: string },
): Promise<void> {
	const { type, name, scale } = mergeSpec.parse(run.spec);
	await checkRoom(tools.folders.path, { neededBytes: likelyBytes(model, type) });
	try {
		const trainer = tools.startTrainer({ kind: 'merge', modelPath: model.path, adapterPath, scale, type, outputPath, name });
		let isMerged = false;
		for await (const event of trainer.events(run.signal)) {
			if (event.type === 'progress') run.progress({ fraction: event.fraction });
			isMerged ||= event.type === 'merged';
		}
		if (run.signal.aborted) return;
		if (!isMerged) throw failure('TRAINING_FAILED', { kind: 'ended', detail: 'The trainer ended before it had merged.' });
		await tools.library.addMade({ file: outputPath, name });
	} finally {
		await rm(outputPath, { force: true });
	}
}

/** What the merged model takes at most: as stored, or two bytes, or a little over one for each weight. */
function likelyBytes({ sizeBytes, parameters }: Model, type: MergeSpec['type']): number {
	if (type === 'base' || parameters === null) return sizeBytes;
	return Math.max(sizeBytes, Math.ceil(parameters * (type === 'F16' ? 2 : 34 / 32)));
}
