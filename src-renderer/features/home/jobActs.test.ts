import { expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { actsOn, shownJobs } from './jobActs.ts';

test('offers for each state of a job what the app would do', () => {
	const states: Job['state'][] = ['queued', 'running', 'paused', 'interrupted', 'completed', 'failed', 'cancelled'];
	const job = (state: Job['state'], id = 'a', itemsFailed = 0) => ({ id, kind: 'download', state, itemsFailed, failure: null });
	expect(Object.fromEntries(states.map((state) => [state, actsOn(job(state), [job(state)])]))).toEqual({
		queued: ['pause', 'cancel'],
		running: ['pause', 'cancel'],
		paused: ['resume', 'cancel'],
		interrupted: ['resume', 'cancel'],
		completed: ['dismiss'],
		failed: ['retry', 'dismiss'],
		cancelled: ['dismiss'],
	});
	expect(actsOn(job('completed', 'a', 2), [])).toEqual(['retry', 'dismiss']);
	expect(actsOn({ ...job('failed'), failure: { code: 'MODEL_FILE_INVALID', message: '', data: {} } }, [])).toEqual(['dismiss']);
	expect(actsOn(job('queued'), [job('queued'), job('queued', 'b')])).toEqual(['runNext', 'pause', 'cancel']);
	expect(actsOn(job('queued'), [{ ...job('queued', 'b'), kind: 'grading' }])).toEqual(['pause', 'cancel']);
});

test('shows every job that is not over, and the last five that are', () => {
	// Only the fields that are looked at.
	const jobs = Array.from({ length: 12 }, (_, index) => ({ id: String(index), endedAt: index % 2 === 0 ? index : null }) as Job);
	expect(shownJobs(jobs).map(({ id }) => id)).toEqual(['1', '3', '5', '7', '9', '11', '0', '2', '4', '6', '8']);
});
