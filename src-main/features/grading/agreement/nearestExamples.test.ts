import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestExamples } from './nearestExamples.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

const target = { id: 't', text: 'water evaporates when the sun heats it' };
const marked = [
	{ id: 'a', text: 'water evaporates when the sun heats it up', points: 5 },
	{ id: 'b', text: 'water evaporates because the sun heats it up', points: 5 },
	{ id: 'c', text: 'Water evaporates because the sun heats it up.', points: 5 },
	{ id: 'd', text: 'water falls when clouds are heavy', points: 1 },
	{ id: 'e', text: 'no idea', points: 0 },
];

test('takes the most like first, then one that was marked otherwise rather than one more of the same', () => {
	expect(nearestExamples(target, marked, 3).map(({ id }) => id)).toEqual(['a', 'd', 'b']);
});

test('never shows the answer its own mark, and another student’s equal answer only where the answer is not marked itself', () => {
	const own = { ...target, points: 4 };
	expect(nearestExamples(target, [own], 3)).toEqual([]);
	expect(nearestExamples(target, [{ ...own, id: 'u' }], 3).map(({ id }) => id)).toEqual(['u']);
	// Equal answers are marked as one: theirs would be its own.
	expect(nearestExamples(target, [own, { ...own, id: 'u' }], 3)).toEqual([]);
});

test('gives at most as many as are asked for, no two of the same text, in whatever order they come', () => {
	const list = fc.uniqueArray(
		fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), text: fc.constantFrom('a', 'A', 'sun', 'the sun', 'sun rises'), points: fc.nat(5) }),
		{
			selector: ({ id }) => id,
		},
	);
	fc.assert(
		fc.property(list, fc.nat(4), (all, count) => {
			const chosen = nearestExamples({ id: 'target', text: 'the sun rises' }, all, count);
			const texts = new Set(all.map(({ text }) => normaliseAnswer(text)));
			expect(chosen).toHaveLength(Math.min(count, texts.size));
			expect(new Set(chosen.map(({ text }) => normaliseAnswer(text))).size).toBe(chosen.length);
			expect(nearestExamples({ id: 'target', text: 'the sun rises' }, all.toReversed(), count)).toEqual(chosen);
		}),
	);
});
