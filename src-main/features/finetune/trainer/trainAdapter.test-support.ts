import { openTestTrainer, ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { TrainingRun } from './TrainingRun.ts';
import { writeAdapter } from './writeAdapter.ts';

/** Trains an adapter on a model for long enough that it says something else, and writes it. */
export async function trainAdapter(modelPath: string, adapterPath: string, steps = 20): Promise<void> {
	const trainer = openTestTrainer(modelPath);
	try {
		const run = new TrainingRun(trainer, ruleExamples(24, 0), runSettings);
		for (let step = 0; step < steps; step++) run.step();
		await writeAdapter(adapterPath, trainer.adapter, trainer.base, 'rule');
	} finally {
		trainer.close();
	}
}
