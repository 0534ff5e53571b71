import { expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { actsOn, shownJobs } from './jobActs.ts';

test('offers for each state of a job what the app would do', () => {
	const states: Job['state'][] = ['queued', 'running', 'paused', 'interrupted', 'completed', 'failed', 'cancelled'];
	expect(Object.fromEntries(states.map((state) => [state, actsOn({ state, itemsFailed: 0 })]))).toEqual({
		queued: ['pause', 'cancel'],
		running: ['pause', 'cancel'],
		paused: ['resume', 'cancel'],
		interrupted: ['resume', 'cancel'],
		completed: [],
		failed: ['retry'],
		cancelled: [],
	});
	expect(actsOn({ state: 'completed', itemsFailed: 2 })).toEqual(['retry']);
});

test('shows every job that is not over, and the last five that are', () => {
	// Only the fields that are looked at.
	const jobs = Array.from({ length: 12 }, (_, index) => ({ id: String(index), endedAt: index % 2 === 0 ? index : null }) as Job);
	expect(shownJobs(jobs).map(({ id }) => id)).toEqual(['1', '3', '5', '7', '9', '11', '0', '2', '4', '6', '8']);
});
