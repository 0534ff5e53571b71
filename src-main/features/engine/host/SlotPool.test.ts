import { expect, test } from 'vitest';
import { SlotPool, sharedLength } from './SlotPool.ts';

const slot = (name: string) => ({ name, tokens: [] as number[] });
const range = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);

test('M4 a slot with one owner’s tokens is handed to another only as foreign, to be emptied', async () => {
	const pool = new SlotPool<number, ReturnType<typeof slot>>([slot('one')]);
	const first = await pool.take({ ownerId: 'a', tokens: range(0, 10) });
	expect(first.foreign).toBe(true);
	first.slot.tokens = range(0, 10);
	first.release();
	const again = await pool.take({ ownerId: 'a', tokens: range(0, 12) });
	expect(again.foreign).toBe(false);
	again.release();
	const other = await pool.take({ ownerId: 'b', tokens: range(0, 10) });
	expect(other.foreign).toBe(true);
});

test('a request gets its owner’s slot that holds most of its prompt, and leaves other conversations alone', async () => {
	const slots = [slot('one'), slot('two'), slot('three')];
	const pool = new SlotPool<number, ReturnType<typeof slot>>(slots);
	for (const [i, tokens] of [range(0, 100), range(500, 100)].entries()) {
		const taken = await pool.take({ ownerId: 'a', tokens });
		expect(taken.slot.name).toBe(slots[i]?.name);
		taken.slot.tokens = tokens;
		taken.release();
	}
	const follow = await pool.take({ ownerId: 'a', tokens: [...range(0, 100), 7, 8, 9] });
	expect(follow.slot.name).toBe('one');
	follow.release();
	// Only the first tokens are the same: the empty slot is better than losing one of the conversations.
	const fresh = await pool.take({ ownerId: 'a', tokens: [0, 1, 2, ...range(900, 50)] });
	expect(fresh.slot.name).toBe('three');
});

test('when all slots are busy the next goes to the owner with the fewest at work, then to the earliest', async () => {
	const pool = new SlotPool<number, ReturnType<typeof slot>>([slot('one'), slot('two')]);
	const order: string[] = [];
	const busy = await Promise.all(['class', 'class'].map((ownerId) => pool.take({ ownerId, tokens: [] })));
	const waiting = ['class', 'class', 'chat'].map((ownerId, i) =>
		pool.take({ ownerId, tokens: [] }).then((taken) => {
			order.push(`${ownerId} ${i}`);
			taken.release();
		}),
	);
	expect(pool.waiting).toBe(3);
	busy[0]?.release();
	await Promise.all(waiting);
	expect(order).toEqual(['chat 2', 'class 0', 'class 1']);
	expect(pool.running).toBe(1);
});

test('a request that is given up while it waits leaves the queue', async () => {
	const pool = new SlotPool<number, ReturnType<typeof slot>>([slot('one')]);
	const taken = await pool.take({ ownerId: 'a', tokens: [] });
	const stop = new AbortController();
	const waiting = pool.take({ ownerId: 'a', tokens: [] }, stop.signal);
	stop.abort(new Error('left'));
	await expect(waiting).rejects.toThrow('left');
	expect(pool.waiting).toBe(0);
	taken.release();
	expect(pool.running).toBe(0);
});

test('the common start of two sequences is counted', () => {
	expect(sharedLength([1, 2, 3], [1, 2, 4, 5])).toBe(2);
	expect(sharedLength([], [1])).toBe(0);
	expect(sharedLength([1, 2], [1, 2, 3])).toBe(2);
});
