import { existsSync } from 'node:fs';
import { resumeFrom, writeCheckpoint } from './checkpoint.ts';
import { openTestTrainer, ruleExamples, runSettings } from './ruleRun.test-support.ts';
import { TrainingRun } from './TrainingRun.ts';

// A child process of tests that trains, with a checkpoint after each step, and tells its parent each loss. It goes on where its
// checkpoint is.

const [, , modelPath = '', checkpoint = ''] = process.argv;
const run = new TrainingRun(openTestTrainer(modelPath, 2), ruleExamples(30, 0), runSettings);
if (existsSync(checkpoint)) await resumeFrom(checkpoint, run);
while (!run.done) {
	const { step, loss } = run.step();
	await writeCheckpoint(checkpoint, run);
	process.send?.({ step, loss });
}
process.send?.('done');
process.disconnect();
