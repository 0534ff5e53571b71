import { openGradingStage } from './openGradingStage.test-support.ts';

/** For the crash test: starts the jobs of a data folder, writes a line for each answer that becomes graded, and ends when its job does. */
const [folder = '', ownerId = '', assignmentId = ''] = process.argv.slice(2);
const stage = await openGradingStage(folder);
stage.recover();
stage.jobs.start();
let graded = 0;
for await (const { assignment } of stage.grading.watch(ownerId, assignmentId)) {
	for (; graded < assignment.counts.graded; graded++) process.stdout.write('graded\n');
	if (assignment.job?.state === 'completed' || assignment.job?.state === 'failed') break;
}
await stage.close();
