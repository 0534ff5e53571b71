import { sql } from 'drizzle-orm';
import pino from 'pino';
import { openDatabase } from '../database/openDatabase.ts';
import { migrationsFolder } from '../database/temporaryDatabase.ts';
import { JobRunner } from './JobRunner.ts';

/*
 * Run by crash.test.ts as a process of its own, to be killed: goes on with the job in the database, or begins one of as many items
 * as the second argument says, and writes a result for each. Prints a dot per item and "complete" at the end.
 */
const [file = '', items = '0'] = process.argv.slice(2);
const { db, close } = openDatabase({ file, migrationsFolder, log: pino({ enabled: false }) });
db.run(sql`create table if not exists result (position integer not null, subject_id text not null)`);
const jobs = new JobRunner({ db, log: pino({ level: 'error' }, process.stderr) });
jobs.register({
	kind: 'work',
	concurrency: 1,
	async run(run) {
		for (const { position, subjectId } of run.pendingItems()) {
			await new Promise(setImmediate);
			run.completeItem(position, (tx) => tx.run(sql`insert into result values (${position}, ${subjectId})`));
			run.progress({ detail: `did ${position}` });
			process.stdout.write('.');
		}
	},
});
function end(): void {
	process.stdout.write('complete');
	void jobs.close().then(close);
}
jobs.onChange((job) => {
	if (job.state === 'completed') end();
});
jobs.start();
const [known] = jobs.list('ann');
// Killed after the last item, before it was heard of.
if (known?.state === 'completed') end();
if (!known)
	jobs.enqueue({ kind: 'work', ownerId: 'ann', title: 'class', spec: {}, subjectIds: Array.from({ length: Number(items) }, (_, index) => `s${index}`) });
// Killed three times before it got anywhere: a person would do this.
if (known?.state === 'interrupted') jobs.resume('ann', known.id);
