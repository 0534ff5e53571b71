import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '#contract/jobs.ts';

const patienceMs = 300_000;

/** Waits until the job that `ask` tells of has come to its end. Throws where that is any but a good one, or does not come within five minutes. */
export async function untilJob(what: string, ask: () => Promise<Pick<Job, 'state' | 'failure'> | null | undefined>): Promise<void> {
	const until = Date.now() + patienceMs;
	for (;;) {
		const { state, failure } = (await ask()) ?? {};
		if (state === 'completed') return;
		if (state === 'failed' || state === 'cancelled' || state === 'paused') throw new Error(`${what}: the job is ${state}, ${JSON.stringify(failure)}`);
		if (Date.now() > until) throw new Error(`${what}: the job is ${state ?? 'not there'} after ${patienceMs / 60_000} minutes`);
		await wait(200);
	}
}
