import { basename } from 'node:path';
import { z } from 'zod';
import { type Failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import { type JobItem, type JobKind, JobPaused, type JobRun } from '../../platform/jobs/JobRunner.ts';
import { ByteProgress } from './ByteProgress.ts';
import type { CopyAct, CopyTools } from './CopyAct.ts';
import { diskFailureAt } from './diskFailure.ts';
import { exportModels } from './exportModels.ts';
import { SumError } from './fileSums.ts';
import { importBundle } from './importBundle.ts';
import { importCopies } from './importCopies.ts';
import { explainPath } from './importPath.ts';

/** What the job is to do; its items are positions in `models`, ids of models, or, of the entries of a bundle, their checksums (bundleKey). */
const copySpec = z.discriminatedUnion('act', [
	/** Copies model files of this machine into the models folder. */
	z.strictObject({ act: z.literal('import'), models: z.array(z.strictObject({ paths: z.array(z.string()).min(1), sizeBytes: z.number() })) }),
	/** Copies models out, to a folder that another Homeroom takes in. */
	z.strictObject({ act: z.literal('export'), folder: z.string() }),
	/** Takes in what such a folder holds; `names` are those of the models, by item. */
	z.strictObject({ act: z.literal('takeIn'), folder: z.string(), names: z.record(z.string(), z.string()).default({}) }),
]);
export type CopySpec = z.infer<typeof copySpec>;

/** Jobs that copy, by what people call the work: the act is in the spec. */
const kinds = { import: 'copy', export: 'export', takeIn: 'takeIn' } as const satisfies Record<CopySpec['act'], string>;

/** The kind of the job that does an act. */
export function copyKind(act: CopySpec['act']): string {
	return kinds[act];
}

/**
 * The jobs that copy models: into the models folder, out to a folder and in from one. An item is a model, copied whole or not at all.
 *
 * What is wrong with one model fails its item; what is wrong with the disk that is written to pauses the job, to be resumed when a
 * person has looked after it. It goes on at the model where it stopped.
 */
export function copyModels(tools: CopyTools): JobKind[] {
	return Object.values(kinds).map((kind) => ({
		kind,
		concurrency: 1,
		run: (run) => runCopy(tools, run),
		nameItem: (spec, subjectId) => nameItem(tools, copySpec.parse(spec), subjectId),
	}));
}

function nameItem(tools: CopyTools, spec: CopySpec, subjectId: string): string | null {
	switch (spec.act) {
		case 'import':
			return basename(spec.models[Number(subjectId)]?.paths[0] ?? '');
		case 'export':
			return tools.table.find(subjectId)?.name ?? null;
		case 'takeIn':
			return spec.names[subjectId] ?? null;
		default:
			throw new Error(`unknown act ${String(spec satisfies never)}`);
	}
}

async function runCopy(tools: CopyTools, run: JobRun): Promise<void> {
	const items = run.pendingItems();
	const spec = copySpec.parse(run.spec);
	const act = await makeReady(tools, spec, items);
	const step = { jobId: run.id, signal: run.signal, progress: new ByteProgress(run, act.totalBytes) };
	for (const item of items) {
		try {
			await act.copy(item, step);
			run.completeItem(item.position);
		} catch (error) {
			if (run.signal.aborted) throw error;
			run.failItem(item.position, toFailureRecord(await failureOfItem(error, act), run.id));
		}
	}
	// The last word of an export is where it went.
	if (spec.act === 'export') run.progress({ detail: spec.folder });
}

function makeReady(tools: CopyTools, spec: CopySpec, items: JobItem[]): Promise<CopyAct> {
	switch (spec.act) {
		case 'import':
			return importCopies(tools, spec.models, items);
		case 'export':
			return exportModels(tools, spec.folder, items);
		case 'takeIn':
			return importBundle(tools, spec.folder, items);
		default:
			throw new Error(`unknown act ${String(spec satisfies never)}`);
	}
}

/** The failure of one item. Throws JobPaused where the fault is the disk's that is written to, and bugs on. */
async function failureOfItem(error: unknown, act: CopyAct): Promise<Failure> {
	const known = error instanceof SumError && error.side === 'from' ? explainPath(error, error.path) : error;
	if (isFailure(known, 'DISK_FULL')) throw new JobPaused(known);
	if (isFailure(known)) return known;
	const disk = await diskFailureAt(known, act.target, act.totalBytes);
	if (disk) throw new JobPaused(disk);
	throw known;
}
