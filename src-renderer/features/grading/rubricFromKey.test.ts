import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rubric } from '#contract/rubric.ts';
import type { LevelNames } from './newCriterion.ts';
import { rubricFromKey } from './rubricFromKey.ts';
import { sumOfBest } from './sumOfBest.ts';

const names: LevelNames = { there: 'There', missing: 'Missing', steps: { 2: ['All', 'None'], 3: ['All', 'Some', 'None'], 4: ['All', 'Most', 'Some', 'None'] } };
const shown = (key: string, points: number) => rubricFromKey(key, points, names).map(({ name, levels }) => [name, ...levels.map((level) => level.points)]);

test('each sentence of a key is something to have, and the points are shared out', () => {
	expect(shown('Chlorophyll absorbs red and blue light. It reflects green light, about 3.5 times as much. It makes sugar.', 3)).toEqual([
		['Chlorophyll absorbs red and blue light.', 1, 0],
		['It reflects green light, about 3.5 times as much.', 1, 0],
		['It makes sugar.', 1, 0],
	]);
	expect(shown('叶片中含有叶绿素。它反射绿光，所以叶子是绿色的。', 4)).toEqual([
		['叶片中含有叶绿素。', 2, 0],
		['它反射绿光，所以叶子是绿色的。', 2, 0],
	]);
});

test('lines are kept whole, without what stands before them in a list', () => {
	expect(shown('- names the cause. At least one.\n2) gives an example\n（3） concludes\n① 举例说明\n\n', 10).map(([name]) => name)).toEqual([
		'names the cause. At least one.',
		'gives an example',
		'concludes',
		'举例说明',
	]);
});

test('a key that begins with its number keeps it', () => {
	expect(shown('3.5 m', 1)).toEqual([['3.5 m', 1, 0]]);
	expect(shown(' \n --- ', 1)).toEqual([]);
});

test('whatever the key, it is a rubric that comes to the points', () => {
	fc.assert(
		fc.property(fc.string({ maxLength: 3000, unit: 'grapheme' }), fc.integer({ min: 100, max: 10_000 }), (key, hundredths) => {
			const made = rubricFromKey(key, hundredths / 100, names);
			expect(rubric.safeParse(made).success).toBe(true);
			if (made.length > 0) expect(sumOfBest(made)).toBe(hundredths / 100);
		}),
	);
});
