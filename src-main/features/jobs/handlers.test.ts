import { createRouterClient } from '@orpc/server';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import type { CallContext } from '../../platform/rpc/guard.ts';
import { jobsHandlers } from './handlers.ts';

const log = pino({ enabled: false });
let database: ReturnType<typeof temporaryDatabase>;
let runner: JobRunner;

beforeEach(() => {
	database = temporaryDatabase();
	runner = new JobRunner({ db: database.db, log });
});
afterEach(async () => {
	await runner.close();
	database.remove();
});

/** The jobs as the account `accountId` calls them; nobody when null. */
function callerOf(accountId: string | null) {
	const principal = accountId === null ? null : { accountId, role: 'user' as const, sessionId: null, key: null };
	const gate = { mayUseModel: () => true, record: () => {}, refuseUnrecorded: () => {} };
	const context: CallContext = { principal, gate, origin: 'window', seat: null, requestId: 'r', log };
	return createRouterClient(jobsHandlers(runner), { context });
}

const enqueue = (ownerId: string) => runner.enqueue({ kind: 'work', ownerId, title: 'class', spec: {} }).id;

test('an owner pauses, resumes and cancels a job, and is told where that is not possible', async () => {
	const ann = callerOf('ann');
	const jobId = enqueue('ann');
	expect((await ann.pause({ jobId })).state).toBe('paused');
	expect((await ann.resume({ jobId })).state).toBe('queued');
	expect((await ann.cancel({ jobId })).state).toBe('cancelled');
	await expect(ann.retry({ jobId })).rejects.toMatchObject({ code: 'JOB_STATE', data: { state: 'cancelled' } });
	expect((await ann.list()).map((job) => [job.id, job.state])).toEqual([[jobId, 'cancelled']]);
});

test("nobody sees or changes another's job, and no one does without an account", async () => {
	const jobId = enqueue('ann');
	const [bob, nobody] = [callerOf('bob'), callerOf(null)];
	expect(await bob.list()).toEqual([]);
	for (const act of ['pause', 'resume', 'cancel', 'retry', 'failedItems'] as const) {
		await expect(bob[act]({ jobId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
		await expect(nobody[act]({ jobId })).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
	}
	expect(runner.get('ann', jobId).state).toBe('queued');
});

test('watching tells all jobs first, then what changed, until the caller leaves', async () => {
	const jobId = enqueue('ann');
	const leaving = new AbortController();
	const told: Job[][] = [];
	for await (const jobs of await callerOf('ann').watch(undefined, { signal: leaving.signal })) {
		told.push(jobs);
		if (told.length === 1) runner.pause('ann', jobId);
		else leaving.abort();
	}
	expect(told.map((jobs) => jobs.map(({ id, state }) => [id, state]))).toEqual([[[jobId, 'queued']], [[jobId, 'paused']]]);
});
