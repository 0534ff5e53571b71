import { expect, test } from 'vitest';
import { Rounds } from './Rounds.ts';

function roundsWith(batch: number, prompting: number, writing: number): Rounds {
	const rounds = new Rounds(batch);
	for (let i = 0; i < prompting + writing; i++) rounds.enter();
	rounds.prompting = prompting;
	return rounds;
}

test.each([
	['alone', 1, 0, 1000, 250],
	['alone, and short', 1, 0, 100, 100],
	['with other prompts', 4, 0, 1024, 64],
	['while another writes', 1, 1, 630, 63],
	['with many others', 8, 8, 320, 32],
	['with a small rest', 8, 0, 41, 21],
])('a prompt is evaluated in parts that leave room for others: %s', (_, prompting, writing, left, part) => {
	expect(roundsWith(256, prompting, writing).partTokens(left)).toBe(part);
});

test('a part is never larger than the batch', () => {
	expect(roundsWith(16, 1, 1).partTokens(64)).toBe(16);
});

test('a round begins when all that take part are ready, in the order of their sequences', async () => {
	const rounds = roundsWith(256, 0, 3);
	const begun: number[] = [];
	const waiting = [2, 0].map((sequence) => rounds.next(sequence).then(() => begun.push(sequence)));
	await new Promise((resolve) => setTimeout(resolve));
	expect(begun).toEqual([]);
	await Promise.all([...waiting, rounds.next(1).then(() => begun.push(1))]);
	expect(begun).toEqual([0, 1, 2]);
});

test('one that leaves holds nobody up', async () => {
	const rounds = roundsWith(256, 0, 2);
	const waiting = rounds.next(0);
	rounds.leave();
	await waiting;
	rounds.leave();
	rounds.enter();
	await rounds.next(5);
});
