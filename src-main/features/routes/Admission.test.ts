import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Admission, type Gate } from './Admission.ts';

const gate = (more: Partial<Gate> = {}): Gate => ({ id: 'route', mostAtWork: 1, mostWaiting: 10, ...more });

/** Asks to be let in for several accounts in a row, lets each leave as soon as it is in, and tells the order. */
async function order(owners: string, mostAtWork = 1): Promise<string> {
	const admission = new Admission({ mostAtWork: 100, mostWaiting: 100 });
	const blocks = await Promise.all(Array.from({ length: mostAtWork }, () => admission.enter('blocker', gate({ mostAtWork, mostWaiting: 40 }))));
	let told = '';
	const entered = [...owners].map(async (ownerId) => {
		const leave = await admission.enter(ownerId, gate({ mostAtWork, mostWaiting: 40 }));
		told += ownerId;
		await setImmediate();
		leave?.();
	});
	for (const leave of blocks) leave?.();
	await Promise.all(entered);
	expect(admission.load('route')).toEqual({ atWork: 0, waiting: 0 });
	return told;
}

test('accounts take turns, however many requests one of them has', async () => {
	expect(await order('aaaaaab')).toBe('abaaaaa');
	expect(await order('aaaabbbbcc')).toBe('abcabcabab');
	expect(await order('aaab', 2)).toBe('abaa');
});

test('through a gate go so many side by side, and another is not kept waiting by it', async () => {
	const admission = new Admission({ mostAtWork: 3, mostWaiting: 10 });
	const leave = await admission.enter('ann', gate());
	void admission.enter('ann', gate());
	expect(admission.load('route')).toEqual({ atWork: 1, waiting: 1 });
	const other = await admission.enter('ann', gate({ id: 'other', mostAtWork: null }));
	expect(other).toBeTypeOf('function');
	leave?.();
	await setImmediate();
	expect(admission.load('route')).toEqual({ atWork: 1, waiting: 0 });
	leave?.();
	expect(admission.load('route')).toEqual({ atWork: 1, waiting: 0 });
});

test('in all go so many side by side, whatever the gates', async () => {
	const admission = new Admission({ mostAtWork: 1, mostWaiting: 10 });
	const leave = await admission.enter('ann', gate({ mostAtWork: null }));
	let isIn = false;
	const second = admission.enter('bob', gate({ id: 'other', mostAtWork: null })).then(() => {
		isIn = true;
	});
	await setImmediate();
	expect(isIn).toBe(false);
	leave?.();
	await second;
});

test('over the limit it says at once when to come back, and one account leaves room for others', async () => {
	let time = 0;
	const admission = new Admission({ mostAtWork: 10, mostWaiting: 3, now: () => time });
	const leave = await admission.enter('ann', gate({ mostWaiting: 4 }));
	const busy = { code: 'TOO_BUSY', status: 429, data: { retryAfterMs: 3000 } };
	void admission.enter('ann', gate({ mostWaiting: 4 }));
	void admission.enter('ann', gate({ mostWaiting: 4 }));
	await expect(admission.enter('ann', gate({ mostWaiting: 4 }))).rejects.toMatchObject(busy);
	void admission.enter('bob', gate({ mostWaiting: 4 }));
	// Of all that may wait there are three, whatever their gates.
	await expect(admission.enter('cem', gate({ mostWaiting: 4 }))).rejects.toMatchObject({ code: 'TOO_BUSY', data: { retryAfterMs: 4000 } });
	await expect(admission.enter('cem', gate({ id: 'full', mostAtWork: 0, mostWaiting: 0 }))).rejects.toMatchObject({
		code: 'TOO_BUSY',
		data: { retryAfterMs: 1000 },
	});
	time = 1e9;
	leave?.();
	await setImmediate();
	await expect(admission.enter('ann', gate({ mostWaiting: 1 }))).rejects.toMatchObject({ data: { retryAfterMs: 60_000 } });
});

test('whoever leaves the line is let go, and is not begun later', async () => {
	const admission = new Admission({ mostAtWork: 10, mostWaiting: 10 });
	const leave = await admission.enter('ann', gate());
	const stop = new AbortController();
	const waiting = admission.enter('bob', gate(), stop.signal);
	stop.abort();
	expect(await waiting).toBeNull();
	expect(await admission.enter('bob', gate(), AbortSignal.abort())).toBeNull();
	leave?.();
	await setImmediate();
	expect(admission.load('route')).toEqual({ atWork: 0, waiting: 0 });
});
