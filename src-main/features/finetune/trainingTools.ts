import { z } from 'zod';
import type { Model } from '#contract/library.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import type { JobRun } from '../../platform/jobs/JobRunner.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { Engine, JsonSchema } from '../engine/engine.ts';
import type { Adapters } from './Adapters.ts';
import type { ModelsAtWork } from './ModelsAtWork.ts';
import type { RunFolders } from './RunFolders.ts';
import type { RunRecorder } from './RunRecorder.ts';
import type { RunRow } from './runRows.ts';
import type { TrainerProcess } from './TrainerProcess.ts';
import type { TrainerOrder } from './trainer/trainerContract.ts';

/** What runs need of the engine. */
export type TrainingEngine = Pick<Engine, 'encodeChats' | 'encodeText' | 'ensureRunning' | 'generate' | 'machine' | 'mayUse'>;

/** What grading holds a model to. */
export interface GradeForm {
	schema: JsonSchema;
	/** Whether a text is a grade of that form. */
	reads(text: string): boolean;
}

/** What a training needs around it. */
export interface TrainingTools {
	db: Db;
	engine: TrainingEngine;
	/** What the engine is set to compute with; null: as it thinks fit. */
	engineThreads(): number | null;
	library: { get(modelId: string): Model };
	adapters: Adapters;
	folders: RunFolders;
	/** The form of a grade, so that marks are asked for as grading asks for them. */
	gradeForm: GradeForm;
	/** Holds the models that are worked on. */
	modelsAtWork: ModelsAtWork;
	/** How far runs are that are just measured, 0..1, by their ids. */
	measuring: Map<string, number>;
	/** The folder of what ships: general texts and safety prompts. */
	textFolder: string;
	startTrainer(order: TrainerOrder): TrainerProcess;
	log: Logger;
	now: () => number;
	/** Called after each change of a run. */
	changed(ownerId: string, runId: string): void;
}

export const trainSpec = z.strictObject({ runId: z.string() });

/** What the job of a run keeps beside the run's row: what was used, and how far the safety prompts are. */
export const keptWork = z.strictObject({
	trainedTokens: z.number(),
	trainingMs: z.number(),
	/** Whether each prompt was refused, as far as they were answered. */
	refusedBefore: z.record(z.string(), z.boolean()),
	refusedAfter: z.record(z.string(), z.boolean()),
});
export type KeptWork = z.infer<typeof keptWork>;
export const nothingKept: KeptWork = { trainedTokens: 0, trainingMs: 0, refusedBefore: {}, refusedAfter: {} };

/** One start of a run's job, as its stages work on it. */
export interface RunAtWork {
	job: JobRun;
	/** As it was last read; a stage that changes it reads it anew. */
	row: RunRow;
	model: Model;
	recorder: RunRecorder<KeptWork>;
}

/** How much of the whole each stage is, for the job's one fraction: from, and up to. */
export const shareOf = { preparing: [0, 0.03], training: [0.03, 0.85], comparing: [0.85, 0.93], checking: [0.93, 1] } as const;

/** Tells how far a stage is, 0..1. */
export function tellProgress(job: JobRun, stage: keyof typeof shareOf, fraction: number): void {
	const [from, until] = shareOf[stage];
	job.progress({ fraction: from + (until - from) * fraction });
}
