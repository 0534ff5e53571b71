import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { SlowTask } from './slowTask.test-support.ts';
import { TaskThreads, ThreadEnded } from './TaskThreads.ts';

const file = fileURLToPath(new URL('./slowTask.test-support.ts', import.meta.url));
let threads: TaskThreads<SlowTask, string, number>;

function open(most: number) {
	threads = new TaskThreads({ file, most, memoryMib: 64 });
	return threads;
}
afterEach(() => threads.close());

test('answers each task, also one after another in the same thread, and tells how far it is', async () => {
	open(1);
	expect(await Promise.all(['a', 'b', 'c'].map((say) => threads.run({ say })))).toEqual(['a', 'b', 'c']);
	const seen: number[] = [];
	expect(await threads.run({ count: 3 }, { onProgress: (at) => seen.push(at) })).toBe('counted');
	expect(seen).toEqual([1, 2, 3]);
});

test('a task that never ends is ended by its time or its signal, and the next one has its turn', async () => {
	open(1);
	await expect(threads.run('forever', { withinMs: 100 })).rejects.toMatchObject({ name: 'ThreadEnded', reason: 'time', limitMs: 100 });
	const stop = new AbortController();
	const endless = threads.run('forever', { signal: stop.signal });
	const next = threads.run({ say: 'after it' });
	stop.abort(new Error('not wanted any more'));
	await expect(endless).rejects.toThrow('not wanted any more');
	expect(await next).toBe('after it');
});

test('one that is given up while it waits takes no turn', async () => {
	open(1);
	const [first, second] = [new AbortController(), new AbortController()];
	const endless = threads.run('forever', { signal: first.signal });
	const waiting = threads.run({ say: 'never' }, { signal: second.signal });
	const last = threads.run({ say: 'last' });
	second.abort(new Error('gave up'));
	await expect(waiting).rejects.toThrow('gave up');
	first.abort(new Error('stopped'));
	await expect(endless).rejects.toThrow('stopped');
	expect(await last).toBe('last');
});

test('one that takes all memory, or throws, ends alone', async () => {
	open(2);
	await expect(threads.run('allMemory')).rejects.toBeInstanceOf(ThreadEnded);
	await expect(threads.run('throw')).rejects.toThrow('thrown in the thread');
	expect(await threads.run({ say: 'still here' })).toBe('still here');
});
