import { expect, test } from 'vitest';
import { latest } from './latest.ts';

function source<T>() {
	const listeners = new Set<(value: T) => void>();
	return {
		listeners,
		subscribe: (push: (value: T) => void) => {
			listeners.add(push);
			return () => listeners.delete(push);
		},
		push: (value: T) => {
			for (const listener of listeners) listener(value);
		},
	};
}

test('a reader that comes late gets the newest value alone', async () => {
	const numbers = source<number>();
	const stream = latest(numbers.subscribe);
	const first = stream.next();
	numbers.push(1);
	expect(await first).toEqual({ done: false, value: 1 });
	for (let value = 2; value <= 100_000; value++) numbers.push(value);
	expect(await stream.next()).toEqual({ done: false, value: 100_000 });
});

test('what waits is joined by merge instead of lost', async () => {
	const texts = source<string>();
	const stream = latest(texts.subscribe, { merge: (waiting, next) => waiting + next });
	const first = stream.next();
	texts.push('a');
	await first;
	texts.push('b');
	texts.push('c');
	expect(await stream.next()).toEqual({ done: false, value: 'bc' });
});

test('an aborted signal ends the stream and undoes the subscription, also while it waits', async () => {
	const numbers = source<number>();
	const leaving = new AbortController();
	const stream = latest(numbers.subscribe, { signal: leaving.signal });
	const waiting = stream.next();
	leaving.abort();
	expect(await waiting).toEqual({ done: true, value: undefined });
	expect(numbers.listeners.size).toBe(0);
});
