import { expect, test } from 'vitest';
import { Rounds } from './Rounds.ts';

/** What each of these gets in the next round: so many tokens left of its prompt, or 0 where it writes. */
async function partsOf(batch: number, left: readonly number[]): Promise<number[]> {
	const rounds = new Rounds(batch);
	for (const _ of left) rounds.enter();
	return Promise.all(left.map((tokens, sequence) => rounds.next(sequence, tokens)));
}

test.each([
	['alone', [1000], [250]],
	['alone, and short', [100], [100]],
	['the first ones where there is no room for all', [100, 100, 100, 100], [100, 100, 0, 0]],
	['small ones beside each other', [40, 60, 70, 20], [40, 60, 70, 20]],
	['while another writes', [0, 630], [0, 70]],
	['while another writes, no part that attention is slow with', [0, 100], [0, 100]],
	['one at a time while others write', [0, 100, 0, 100], [0, 100, 0, 0]],
	['without a small rest', [0, 131], [0, 66]],
])('a prompt is evaluated in parts that leave room for others: %s', async (_, left, parts) => {
	expect(await partsOf(256, left)).toEqual(parts);
});

test('a part is never larger than the batch', async () => {
	expect(await partsOf(16, [0, 64])).toEqual([0, 16]);
});

test('the prompt that came first is whole before the next one begins, whatever their sequences', async () => {
	const rounds = new Rounds(256);
	rounds.enter();
	expect(await rounds.next(3, 600)).toBe(200);
	rounds.enter();
	expect(await Promise.all([rounds.next(3, 400), rounds.next(1, 90)])).toEqual([200, 0]);
	expect(await Promise.all([rounds.next(3, 200), rounds.next(1, 90)])).toEqual([200, 0]);
	expect(await Promise.all([rounds.next(3), rounds.next(1, 90)])).toEqual([0, 90]);
});

test('a prompt that was given up holds none up', async () => {
	const rounds = new Rounds(256);
	rounds.enter();
	await rounds.next(0, 600);
	rounds.enter();
	const waiting = rounds.next(1, 200);
	rounds.leave(0);
	expect(await waiting).toBe(200);
});

test('a round begins when all that take part are ready, in the order of their sequences', async () => {
	const rounds = new Rounds(256);
	for (let i = 0; i < 3; i++) rounds.enter();
	const begun: number[] = [];
	const waiting = [2, 0].map((sequence) => rounds.next(sequence).then(() => begun.push(sequence)));
	await new Promise((resolve) => setTimeout(resolve));
	expect(begun).toEqual([]);
	await Promise.all([...waiting, rounds.next(1).then(() => begun.push(1))]);
	expect(begun).toEqual([0, 1, 2]);
});

test('one that leaves holds nobody up', async () => {
	const rounds = new Rounds(256);
	for (let i = 0; i < 2; i++) rounds.enter();
	const waiting = rounds.next(0);
	rounds.leave(1);
	await waiting;
	rounds.leave(0);
	rounds.enter();
	await rounds.next(5);
});
