import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf } from './answerOf.test-support.ts';
import { calibrated, drawByChance } from './calibration.ts';

test('a drawn answer shows its proposal only once it has a mark', () => {
	const answers = [gradedOf(1, 5), gradedOf(2, 6, {}, { mark: markOf(4) }), gradedOf(3, 7)];
	const seen = calibrated(answers, { questionId: 'q', answerIds: ['a2', 'a1', 'gone'] });
	expect(seen.map(({ id, proposal, status }) => [id, proposal?.points ?? null, status])).toEqual([
		['a2', 6, 'graded'],
		['a1', null, 'waiting'],
	]);
});

test('draws among all that are open, those with a proposal before the others, and none that is empty, marked or another question’s', () => {
	const ready = Array.from({ length: 4 }, (_, at) => gradedOf(at + 1, 5));
	const others = [
		answerOf(5),
		answerOf(6, { text: ' ' }),
		gradedOf(7, 5, {}, { mark: markOf(4) }),
		gradedOf(8, 5, {}, { questionId: 'other' }),
		gradedOf(9, 5, { isOutdated: true }),
	];
	const draw = (count: number, seed: number) => {
		let state = seed;
		return drawByChance({ id: 'q' }, [...others, ...ready], count, () => {
			state = (state * 16807) % 2147483647;
			return state / 2147483647;
		});
	};
	expect(draw(100, 1).slice(0, 4).toSorted()).toEqual(['a1', 'a2', 'a3', 'a4']);
	expect(draw(100, 1).slice(4).toSorted()).toEqual(['a5', 'a9']);
	const firsts = Array.from({ length: 400 }, (_, at) => draw(1, (at + 1) * 7919)[0]);
	const times = ['a1', 'a2', 'a3', 'a4'].map((id) => firsts.filter((first) => first === id).length);
	expect(times.every((count) => count > 60 && count < 140)).toBe(true);
});
