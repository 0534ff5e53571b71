import { z } from 'zod';
import { readArrays, writeArrays } from './arrayFile.ts';
import { evaluationState } from './Evaluator.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';
import type { Learner, TrainingRun } from './TrainingRun.ts';

const count = z.number().int().min(0);

/** What a checkpoint begins with; the numbers follow. */
const checkpointHead = z.object({
	format: z.literal('homeroom-checkpoint-2'),
	fingerprint: z.string(),
	progress: z.object({ step: count, epoch: count, rowsDone: count }),
	optimizerSteps: count,
	/** Null for a run that measures nothing. */
	evaluation: evaluationState.nullable(),
});
type CheckpointHead = z.infer<typeof checkpointHead>;

/**
 * Writes down all that a run needs to go on exactly: the adapter's values, the optimizer's state, how far the run is, and what was
 * measured. The file is replaced as a whole (arrayFile.ts). The run may not step meanwhile.
 */
export async function writeCheckpoint(file: string, run: TrainingRun<Learner>, evaluation: CheckpointHead['evaluation'] = null): Promise<void> {
	const head: CheckpointHead = {
		format: 'homeroom-checkpoint-2',
		fingerprint: run.fingerprint,
		progress: run.progress,
		optimizerSteps: run.optimizer.steps,
		evaluation,
	};
	await writeArrays(file, head, statesOf(run));
}

/**
 * Puts a run where its checkpoint is, and returns what was measured until there. The run then gives the same losses as if it had never
 * stopped.
 *
 * A file that is damaged, or of a run with another model, other examples or other settings, is refused (`badCheckpoint`), and the run
 * is as it was.
 */
export async function resumeFrom(file: string, run: TrainingRun<Learner>): Promise<CheckpointHead['evaluation']> {
	const head = await readArrays(file, (found) => checkHead(found, run.fingerprint), statesOf(run));
	run.optimizer.steps = head.optimizerSteps;
	run.progress = head.progress;
	run.trainer.upload();
	return head.evaluation;
}

function statesOf({ trainer, optimizer }: TrainingRun<Learner>): Float32Array[] {
	return [...trainer.parameters.map(({ values }) => values), ...optimizer.moments.flatMap(({ first, second }) => [first, second])];
}

function checkHead(found: unknown, fingerprint: string): CheckpointHead {
	const { data } = checkpointHead.safeParse(found);
	if (!data) throw new TrainerRefusal('badCheckpoint', 'This is no checkpoint, or one of another version.');
	if (data.fingerprint !== fingerprint)
		throw new TrainerRefusal('badCheckpoint', 'This checkpoint is of a run with another model, other examples or other settings.');
	return data;
}
