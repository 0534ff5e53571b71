import type { Example } from './Row.ts';
import { openTestTrainer, runSettings } from './ruleRun.test-support.ts';
import { TrainingRun } from './TrainingRun.ts';
import { writeAdapter } from './writeAdapter.ts';

/** Trains an adapter that answers as the examples do, in some seconds, and writes it. Tells the last step's loss. */
export async function trainTestAdapter(modelPath: string, file: string, examples: readonly Example[], epochs = 40): Promise<number> {
	const trainer = openTestTrainer(modelPath);
	try {
		const run = new TrainingRun(trainer, examples, { ...runSettings, epochs });
		let loss = Number.POSITIVE_INFINITY;
		while (!run.done) loss = run.step().loss;
		await writeAdapter(file, trainer.adapter, trainer.base, 'taught');
		return loss;
	} finally {
		trainer.close();
	}
}
