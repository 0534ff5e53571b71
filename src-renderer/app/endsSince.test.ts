import { expect, test } from 'vitest';
import type { Job } from '#contract/jobs.ts';
import { endsSince } from './endsSince.ts';

const job = (id: string, state: Job['state'], kind = 'grading', items = 30, failed = 0): Job => ({
	...{ id, kind, state, title: 'Ada’s class', detail: 'Ada: the moon', fraction: 1, itemsTotal: items, itemsDone: items - failed, itemsFailed: failed },
	...{ failure: null, createdAt: 1, startedAt: 1, endedAt: null, dismissed: false },
});

test('what ended by itself since is told once, by numbers and kind alone', () => {
	const jobs = [
		job('done', 'completed', 'grading', 30, 2),
		job('lost', 'failed', 'finetune', 0),
		job('old', 'completed'),
		job('stopped', 'cancelled'),
		job('on', 'running'),
	];
	const first = endsSince(new Set(['done', 'lost', 'stopped', 'on', 'gone']), jobs);
	expect(first).toEqual({
		ends: [
			{ title: 'grading', detail: 'itemsFailed', screen: 'grading', done: 28, total: 30, failed: 2 },
			{ title: 'failed', detail: 'look', screen: 'finetune', done: 0, total: 0, failed: 0 },
		],
		active: new Set(['on']),
	});
	expect(endsSince(first.active, jobs).ends).toEqual([]);
	expect(JSON.stringify(first)).not.toContain('Ada');
});

test('work of a kind that has no words of its own leads home', () => {
	expect(endsSince(new Set(['a']), [job('a', 'completed', 'verify', 3)]).ends).toEqual([
		{ title: 'work', detail: 'items', screen: 'home', done: 3, total: 3, failed: 0 },
	]);
});
