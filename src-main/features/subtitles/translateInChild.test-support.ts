import { openSubtitlesStage } from './openSubtitlesStage.test-support.ts';

/** For the crash test: starts the jobs of a data folder, writes a line for each cue that becomes translated, and ends when its job does. */
const [folder = '', ownerId = '', projectId = ''] = process.argv.slice(2);
const stage = openSubtitlesStage(folder);
stage.recover();
stage.jobs.start();
let translated = 0;
for await (const { project } of stage.subtitles.watch(ownerId, projectId)) {
	for (; translated < project.counts.translated; translated++) process.stdout.write('translated\n');
	if (project.job?.state === 'completed' || project.job?.state === 'failed') break;
}
await stage.close();
