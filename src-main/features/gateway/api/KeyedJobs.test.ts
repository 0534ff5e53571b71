import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { immediate } from '../../../platform/database/openDatabase.ts';
import { temporaryDatabase } from '../../../platform/database/temporaryDatabase.ts';
import { JobRunner } from '../../../platform/jobs/JobRunner.ts';
import type { Principal } from '../../../platform/rpc/guard.ts';
import { LedgerStage, order } from '../../ledger/openLedger.test-support.ts';
import { KeyedJobs } from './KeyedJobs.ts';

let database: ReturnType<typeof temporaryDatabase>;
let stage: LedgerStage;
/** What was counted for which key. */
let counted: [string, number][];
beforeEach(() => {
	database = temporaryDatabase();
	stage = new LedgerStage(database.db);
	counted = [];
});
afterEach(() => database.remove());

/** One start of the app, with what it counts. */
function start() {
	const jobs = new JobRunner({ db: database.db, log: pino({ enabled: false }) });
	const keys = {
		standing: () => ({ tokensPerMonth: null, tokensLeft: Number.POSITIVE_INFINITY }),
		use: (keyId: string, tokens: number) => void counted.push([keyId, tokens]),
	};
	return { jobs, keyed: new KeyedJobs({ db: database.db, ledger: stage.ledger, keys, jobs }) };
}
// Of a caller nothing but the key counts here.
const caller = { accountId: 'ann', key: { id: 'k1' } } as unknown as Principal;

function charge(jobId: string, tokens: number): void {
	if (!stage.ledger.hold(jobId)) stage.ledger.reserve(order(jobId, 500));
	immediate(database.db, (tx) => stage.ledger.charge(jobId, randomUUID(), { promptTokens: 0, completionTokens: tokens }, tx));
}

test('a job that outlives the app counts for the key that began it, and once', async () => {
	const first = start();
	const { id } = first.jobs.enqueue({ kind: 'work', ownerId: 'ann', title: 'film', spec: {} });
	first.keyed.add(caller, id);
	charge(id, 30);
	await first.jobs.close();

	const second = start();
	const done = Promise.withResolvers<void>();
	second.jobs.onChange(({ state }) => state === 'completed' && done.resolve());
	second.jobs.register({ kind: 'work', concurrency: 1, run: async () => charge(id, 12) });
	second.jobs.start();
	await done.promise;
	await second.jobs.close();
	expect(counted).toEqual([['k1', 42]]);
	await start().jobs.close();
	expect(counted).toEqual([['k1', 42]]);
});

test('a job that was cancelled counts, and at the next start what was charged to it after that', async () => {
	const { jobs, keyed } = start();
	const { id } = jobs.enqueue({ kind: 'work', ownerId: 'ann', title: 'film', spec: {} });
	keyed.add(caller, id);
	charge(id, 30);
	jobs.cancel('ann', id);
	await expect.poll(() => counted).toEqual([['k1', 30]]);
	charge(id, 5);
	await jobs.close();
	await start().jobs.close();
	expect(counted).toEqual([
		['k1', 30],
		['k1', 5],
	]);
});
