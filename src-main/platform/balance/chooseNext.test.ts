import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Choice, chooseNext, firstTurn, type Strategy } from './chooseNext.ts';

const choice = (id: string, more: Partial<Choice> = {}): Choice => ({ id, weight: 1, active: 0, price: 0, isOpen: true, ...more });

/** Chooses again and again; `closed` are passed over at these steps. */
function sequence(strategy: Strategy, choices: readonly Choice[], steps: number, closed: Record<number, string[]> = {}): string {
	let turn = firstTurn;
	let told = '';
	for (let step = 0; step < steps; step++) {
		const chosen = chooseNext(
			strategy,
			choices.map((each) => ({ ...each, isOpen: each.isOpen && !closed[step]?.includes(each.id) })),
			turn,
		);
		told += chosen.id ?? '-';
		turn = chosen.turn;
	}
	return told;
}

const abc = [choice('a'), choice('b'), choice('c')];
test.each<[string, Strategy, readonly Choice[], Record<number, string[]>, string]>([
	['in turn', 'roundRobin', abc, {}, 'abcabca'],
	['in turn around one that is out', 'roundRobin', abc, { 1: ['b'], 2: ['b'] }, 'acabcab'],
	['in turn where the last one is out', 'roundRobin', abc, { 1: ['a', 'b', 'c'] }, 'a-bcabc'],
	['in turn with one alone', 'roundRobin', [choice('a')], {}, 'aaaaaaa'],
	["by weight, in nginx's own example", 'weighted', [choice('a', { weight: 5 }), choice('b'), choice('c')], {}, 'aabacaa'],
	['by equal weights in turn', 'weighted', abc, {}, 'abcabca'],
	['by weight around one that is out', 'weighted', [choice('a', { weight: 2 }), choice('b')], { 0: ['a'], 1: ['a'] }, 'bbabaab'],
	['none', 'weighted', [], {}, '-------'],
	['none that is open', 'leastBusy', [choice('a', { isOpen: false })], {}, '-------'],
	['the one with the least at work', 'leastBusy', [choice('a', { active: 2 }), choice('b', { active: 1 })], {}, 'bbbbbbb'],
	['the least for its weight', 'leastBusy', [choice('a', { active: 3, weight: 4 }), choice('b', { active: 1 })], {}, 'aaaaaaa'],
	['the first of equals', 'leastBusy', [choice('a', { active: 1 }), choice('b', { active: 1 })], {}, 'aaaaaaa'],
	['the cheapest, however busy', 'cheapest', [choice('a', { price: 2 }), choice('b', { price: 1, active: 9 })], { 2: ['b'] }, 'bbabbbb'],
	['the less busy of equally cheap ones', 'cheapest', [choice('a', { price: 1, active: 1 }), choice('b', { price: 1 })], {}, 'bbbbbbb'],
])('chooses %s', (_, strategy, choices, closed, expected) => {
	expect(sequence(strategy, choices, 7, closed)).toBe(expected);
});

test('over a whole cycle each is chosen exactly as often as its weight says, and in turn exactly equally often', () => {
	const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(weights, (given) => {
			const choices = given.map((weight, at) => choice(String(at), { weight }));
			const sum = given.reduce((total, weight) => total + weight, 0);
			const counts = (told: string) => given.map((_, at) => [...told].filter((id) => id === String(at)).length);
			expect(counts(sequence('weighted', choices, sum))).toEqual(given);
			expect(counts(sequence('roundRobin', choices, 3 * given.length))).toEqual(given.map(() => 3));
		}),
	);
});
