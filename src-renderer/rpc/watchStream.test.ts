import { expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { mergeJobs } from './live.ts';
import { type WatchedConnection, watchStream } from './watchStream.ts';

const steady: WatchedConnection = { ready: async () => {}, breaks: () => 0, pause: async () => {} };

async function* stream(...values: (number | Error)[]): AsyncGenerator<number> {
	for (const value of values) {
		if (value instanceof Error) throw value;
		yield value;
	}
}

/** Watches what `streams` give, one a (re)opening, until it ends or is refused. */
function watchAll(streams: AsyncIterable<number>[], connection: WatchedConnection) {
	const seen: [number, boolean][] = [];
	return new Promise<{ seen: [number, boolean][]; end: unknown }>((resolve) => {
		watchStream(
			async () => streams.shift() ?? stream(),
			(value, { isFirst }) => seen.push([value, isFirst]),
			{ onEnd: () => resolve({ seen, end: 'ended' }), onError: (end) => resolve({ seen, end }), connection },
		);
	});
}

test('opens a stream anew when its connection broke, and marks the first value of each opening', async () => {
	let breaks = 0;
	const first = (async function* () {
		yield 1;
		yield 2;
		breaks++;
		throw new Error('gone');
	})();
	expect(await watchAll([first, stream(3, 4)], { ...steady, breaks: () => breaks })).toEqual({
		seen: [
			[1, true],
			[2, false],
			[3, true],
			[4, false],
		],
		end: 'ended',
	});
});

test('hands over a refusal and opens no more', async () => {
	const refused = failure('NOT_FOUND', { what: 'message' });
	expect(await watchAll([stream(1, refused), stream(2)], steady)).toEqual({ seen: [[1, true]], end: refused });
});

test('waits for an app that is closing instead of telling of it', async () => {
	let pauses = 0;
	const connection = { ...steady, pause: async () => void pauses++ };
	expect(await watchAll([stream(failure('SHUTTING_DOWN', {})), stream(7)], connection)).toEqual({ seen: [[7, true]], end: 'ended' });
	expect(pauses).toBe(1);
});

test('keeps the newest of each job and forgets those that are gone when the stream opens anew', () => {
	// Only the fields that merging looks at.
	const job = (id: string, createdAt: number, fraction = 0) => ({ id, createdAt, fraction }) as Parameters<typeof mergeJobs>[1][number];
	const all = mergeJobs(null, [job('a', 1), job('b', 2)], { isFirst: true });
	expect(mergeJobs(all, [job('a', 1, 0.5)], { isFirst: false })).toEqual([job('b', 2), job('a', 1, 0.5)]);
	expect(mergeJobs(all, [job('a', 1, 0.5)], { isFirst: true })).toEqual([job('a', 1, 0.5)]);
});
