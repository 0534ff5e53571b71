import { expect, test } from 'vitest';
import type { JobState } from '#contract/jobs.ts';
import { arrangeRuns } from './arrangeRuns.ts';
import { exampleRun } from './exampleRun.test-support.ts';
import { actsOnRun, isOpen } from './runActs.ts';

test('lists what runs before what waits, stands still and is over', () => {
	const run = (id: string, state: JobState, createdAt: number, endedAt: number | null = null) => ({
		...exampleRun,
		id,
		job: { id, state, failure: null },
		createdAt,
		endedAt,
	});
	const arranged = arrangeRuns([
		run('done long ago', 'completed', 1, 10),
		run('waits second', 'queued', 7),
		run('failed now', 'failed', 2, 20),
		run('stands still', 'paused', 3),
		run('waits first', 'queued', 6),
		run('runs', 'running', 8),
	]);
	expect(arranged.map(({ id }) => id)).toEqual(['runs', 'waits first', 'waits second', 'stands still', 'failed now', 'done long ago']);
});

test('offers for each state of a run what the app would do', () => {
	const states: JobState[] = ['queued', 'running', 'paused', 'interrupted', 'failed', 'completed', 'cancelled'];
	const job = (state: JobState) => ({ job: { id: 'a', state, failure: null } });
	expect(states.map((state) => [state, isOpen(job(state)), ...actsOnRun(job(state), false)])).toEqual([
		['queued', true, 'runNext', 'pause', 'cancel'],
		['running', true, 'pause', 'cancel'],
		['paused', true, 'resume', 'cancel'],
		['interrupted', true, 'resume', 'cancel'],
		['failed', false, 'retry', 'remove'],
		['completed', false, 'remove'],
		['cancelled', false, 'remove'],
	]);
	expect(actsOnRun(job('queued'), true)).toEqual(['pause', 'cancel']);
});
