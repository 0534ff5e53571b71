import { expect, test } from 'vitest';
import type { Figure } from '#contract/agreement.ts';
import { closenessOf, joinPairs, leaningOf, reliabilityOf } from './agreementWords.ts';

test('a difference is called strict or lenient only where the interval leaves no doubt and it can be seen', () => {
	const leaning = (bias: Figure, count = 5) => leaningOf({ bias, count }, 10);
	const words = [
		leaning({ value: 0.8, interval: { low: 0.1, high: 1.5 } }),
		leaning({ value: -0.8, interval: { low: -1.5, high: -0.1 } }),
		leaning({ value: 0.8, interval: { low: -0.1, high: 1.5 } }),
		leaning({ value: 0.1, interval: { low: -0.2, high: 0.4 } }),
		leaning({ value: 0.05, interval: { low: 0.01, high: 0.1 } }),
		leaning({ value: -1, interval: null }),
		leaning({ value: null, interval: null }),
		leaning({ value: -1, interval: null }, 4),
	];
	expect(words).toEqual(['lenient', 'strict', 'unknown', 'same', 'same', 'strict', 'unknown', 'unknown']);
});

test('nothing is said of how close a handful of marks are', () => {
	const close = (value: number | null, count: number) => closenessOf({ qwk: { value, interval: null }, count });
	expect([close(1, 4), close(null, 30), close(0.75, 5), close(0.6, 9), close(0.59, 9), close(0.39, 9)]).toEqual([
		...['unknown', 'unknown', 'asTeachers', 'good', 'moderate', 'poor'],
	]);
});

test('answers on the same spot of the drawing are joined, and none is lost', () => {
	const at = (answerId: string, teacher: number, model: number) => ({ answerId, teacher, model });
	expect(joinPairs([at('a', 1, 2), at('b', 2, 2), at('c', 1, 2)])).toEqual([
		{ teacher: 1, model: 2, answerIds: ['a', 'c'] },
		{ teacher: 2, model: 2, answerIds: ['b'] },
	]);
});

test('alpha is put in words by the two bounds that its author gives, and not at all from a handful of marks', () => {
	expect([0.8, 0.79, 0.667, 0.66, -0.2].map((alpha) => reliabilityOf(alpha, 20))).toEqual(['reliable', 'tentative', 'tentative', 'poor', 'poor']);
	expect([reliabilityOf(null, 20), reliabilityOf(0.9, 4)]).toEqual(['unknown', 'unknown']);
});
