import { expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { endedWell, libraryJobs } from './libraryJobs.ts';

// Only the fields that are looked at.
const job = (id: string, facts: Partial<Job>): Job =>
	({ id, kind: 'verify', state: 'running', endedAt: null, itemsFailed: 0, dismissed: false, ...facts }) as Job;

test('shows the work on models that goes on, and what ended badly until it is read', () => {
	const jobs = [
		job('running', {}),
		job('paused', { state: 'paused', kind: 'copy' }),
		job('well ended', { state: 'completed', endedAt: 1 }),
		job('partly failed', { state: 'completed', endedAt: 1, itemsFailed: 1 }),
		job('read', { state: 'failed', endedAt: 1, dismissed: true }),
		job('a download', { kind: 'download' }),
	];
	expect(libraryJobs(jobs).map(({ id }) => id)).toEqual(['running', 'paused', 'partly failed']);
});

test('tells once of work that came to a good end, and never of what had ended before the screen was opened', () => {
	const done = { state: 'completed', endedAt: 1 } as const;
	const before = [job('a', {}), job('b', {}), job('c', done), job('d', { kind: 'grading' })];
	const now = [job('a', done), job('b', { ...done, itemsFailed: 1 }), job('c', done), job('d', { ...done, kind: 'grading' })];
	expect(endedWell(before, now).map(({ id }) => id)).toEqual(['a']);
	expect(endedWell(null, now)).toEqual([]);
	expect(endedWell(now, now)).toEqual([]);
});
