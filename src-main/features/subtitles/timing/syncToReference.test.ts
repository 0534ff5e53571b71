import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syncToReference } from './syncToReference.ts';
import type { TimedCue } from './TimingEdit.ts';

/** A steady source of chance: mulberry32. */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function film(cues: number, seed: number): number[] {
	const random = chance(seed);
	let at = 30_000;
	return Array.from({ length: cues }, () => {
		at += Math.round(1200 + random() ** 3 * 15_000);
		return at;
	});
}

const asCues = (starts: readonly number[]): TimedCue[] =>
	starts.map((startMs, at) => ({ id: `c${at}`, startMs: Math.round(startMs), endMs: Math.round(startMs) + 900, source: 'x', target: '' }));

/** The same film as another person would have timed it: some cues gone, some more, and each a little off. */
function retold(starts: readonly number[], seed: number): number[] {
	const random = chance(seed);
	const kept = starts.filter(() => random() < 0.8).map((ms) => ms + (random() - 0.5) * 160);
	const more = starts.filter(() => random() < 0.2).map((ms) => ms + 400 + random() * 1500);
	return [...kept, ...more].sort((a, b) => a - b);
}

const distortions = fc.record({
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	rate: fc.constantFrom(1, 25 / (24000 / 1001), 24000 / 1001 / 25, 24 / 25, 25 / 24, 1.001),
	offsetMs: fc.integer({ min: 0, max: 400_000 }),
	cues: fc.integer({ min: 150, max: 900 }),
});

test('finds offset and speed of a film that another person has timed', () => {
	fc.assert(
		fc.property(distortions, ({ seed, rate, offsetMs, cues }) => {
			const reference = film(cues, seed);
			// As they would stand in a file that is late and of another speed.
			const own = asCues(retold(reference, seed + 1).map((ms) => (ms + offsetMs) / rate));
			const result = syncToReference(own, asCues(reference));
			expect(result.kind).toBe('edit');
			const [first, last] = [own[0]?.startMs ?? 0, own.at(-1)?.startMs ?? 0];
			const synced = (ms: number) => (result.match?.offsetMs ?? 0) + (result.match?.rate ?? 0) * ms;
			expect(Math.max(...[first, last].map((ms) => Math.abs(synced(ms) - (ms * rate - offsetMs))))).toBeLessThan(50);
		}),
		{ numRuns: 25, examples: [[{ seed: 481_606, rate: 1.001, offsetMs: 244_546, cues: 631 }]] },
	);
});

test('is not sure of a film that is another one', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 20, max: 900 }), (seed, cues) => {
			expect(syncToReference(asCues(film(cues, seed)), asCues(film(cues, seed + 7919))).kind).toBe('unsure');
		}),
		{ numRuns: 25 },
	);
});

test('is not sure of cues that come like clockwork, nor of too few', () => {
	const clockwork = Array.from({ length: 100 }, (_, at) => 10_000 + at * 4000);
	expect(syncToReference(asCues(clockwork), asCues(clockwork.map((ms) => ms + 1300))).kind).toBe('unsure');
	expect(syncToReference(asCues([1000, 2000]), asCues(clockwork))).toEqual({ kind: 'unsure', match: null });
});

test('a film that is in time already changes by nothing', () => {
	const starts = film(300, 5);
	const result = syncToReference(asCues(starts), asCues(starts));
	expect([result.kind, result.kind === 'edit' && result.edit.after.length, result.match?.matched]).toEqual(['edit', 0, 1]);
});
