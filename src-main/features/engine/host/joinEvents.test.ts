import { expect, test } from 'vitest';
import { joinEvents } from './joinEvents.ts';

const join = (a: string, b: string) => [a + b];

test('what comes while the reader waits is joined, and nothing is lost', async () => {
	const pieces: string[] = [];
	const work = async (push: (text: string) => void) => {
		for (let i = 0; i < 1000; i++) {
			push('x');
			if (i % 100 === 0) await new Promise(setImmediate);
		}
	};
	for await (const piece of joinEvents({ work, merge: join, everyMs: 5 })) pieces.push(piece);
	expect(pieces.join('')).toBe('x'.repeat(1000));
	expect(pieces.length).toBeLessThan(100);
	expect(pieces[0]).toBe('x');
});

test('what the work fails with comes after what it gave', async () => {
	const seen: string[] = [];
	const work = async (push: (text: string) => void) => {
		push('a');
		throw new Error('broke');
	};
	const read = async () => {
		for await (const piece of joinEvents({ work, merge: join, everyMs: 1 })) seen.push(piece);
	};
	await expect(read()).rejects.toThrow('broke');
	expect(seen).toEqual(['a']);
});

test('an aborted stream ends at once though the work goes on, and the work is told', async () => {
	const stop = new AbortController();
	let told: AbortSignal | undefined;
	const work = (push: (text: string) => void, signal: AbortSignal) => {
		told = signal;
		push('a');
		return new Promise<void>(() => {});
	};
	const seen: string[] = [];
	for await (const piece of joinEvents({ work, merge: join, everyMs: 1, signal: stop.signal })) {
		seen.push(piece);
		stop.abort();
	}
	expect(seen).toEqual(['a']);
	expect(told?.aborted).toBe(true);
});

test('a reader that leaves tells the work', async () => {
	let told: AbortSignal | undefined;
	const work = (push: (text: string) => void, signal: AbortSignal) => {
		told = signal;
		push('a');
		return new Promise<void>(() => {});
	};
	for await (const _ of joinEvents({ work, merge: join, everyMs: 1 })) break;
	expect(told?.aborted).toBe(true);
});
