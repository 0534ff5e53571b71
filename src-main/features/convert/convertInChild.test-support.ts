import { openConvert } from './openConvert.test-support.ts';

/** For the crash test: does the jobs of a data folder, writes a line whenever a file of the batch comes further, and ends when its job does. */
const [folder = '', ownerId = '', conversionId = ''] = process.argv.slice(2);
const stage = openConvert(folder);
// As a host's server does: threads keep no process alive.
const alive = setInterval(() => undefined, 60_000);
stage.jobs.start();
// A job that was begun several times without a file done waits for a person, who lets it go on.
const job = stage.convert.batches.list(ownerId).find(({ id }) => id === conversionId)?.job;
if (job?.state === 'interrupted') stage.jobs.resume(ownerId, job.id);
for await (const { conversion } of stage.convert.batches.watch(ownerId, conversionId)) {
	process.stdout.write('further\n');
	if (conversion.job?.state === 'completed' || conversion.job?.state === 'failed') break;
}
clearInterval(alive);
await stage.close();
