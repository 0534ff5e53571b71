import { expect, test } from 'vitest';
import { cueOf } from './cueOf.test-support.ts';
import { laneCues } from './laneCues.ts';

const lanesOf = (...times: [number, number][]) =>
	[...laneCues(times.map(([startMs, endMs], at) => cueOf({ id: String(at), startMs, endMs }))).entries()].sort();

test('cues that are shown one after the other have the whole height, and a gap is not needed', () => {
	expect(lanesOf([0, 10], [10, 20], [30, 40])).toEqual([
		['0', { lane: 0, of: 1 }],
		['1', { lane: 0, of: 1 }],
		['2', { lane: 0, of: 1 }],
	]);
});

test('those that are shown at the same time stand one above the other, also where the list is out of order', () => {
	expect(lanesOf([8, 20], [0, 10], [12, 15], [20, 30])).toEqual([
		['0', { lane: 1, of: 2 }],
		['1', { lane: 0, of: 2 }],
		['2', { lane: 0, of: 2 }],
		['3', { lane: 0, of: 1 }],
	]);
});

test('of more than there are lanes a cue shares the one that is free the soonest', () => {
	expect(lanesOf([0, 50], [1, 40], [2, 60], [3, 70], [4, 45], [5, 46]).map(([, lane]) => lane)).toEqual([0, 1, 2, 3, 1, 1].map((lane) => ({ lane, of: 4 })));
});

test('a comment has no lane and takes none', () => {
	const lanes = laneCues([cueOf({ id: 'a', endMs: 10 }), cueOf({ id: 'b', endMs: 10, skip: 'comment' })]);
	expect([...lanes]).toEqual([['a', { lane: 0, of: 1 }]]);
});
