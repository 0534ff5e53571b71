import { expect, test } from 'vitest';
import { criterion } from '#contract/rubric.ts';
import { type LevelNames, newCriterion, withKind } from './newCriterion.ts';

const names: LevelNames = { there: 'There', missing: 'Missing', steps: { 2: ['All', 'None'], 3: ['All', 'Some', 'None'], 4: ['All', 'Most', 'Some', 'None'] } };
const kinds = ['levels', 'mustHave', 'mustNotHave'] as const;

test('what must not be in an answer takes points away, what must be there gives them', () => {
	const shown = kinds.map((kind) => newCriterion(kind, 3, names, { name: 'x' }).levels.map(({ name, points }) => [name, points]));
	expect(shown).toEqual([
		[
			['All', 3],
			['Some', 1.5],
			['None', 0],
		],
		[
			['There', 3],
			['Missing', 0],
		],
		[
			['There', -3],
			['Missing', 0],
		],
	]);
});

test('a criterion that becomes another kind keeps its id and words and is worth the same; the contract takes each', () => {
	for (const from of kinds) {
		for (const to of kinds) {
			const before = newCriterion(from, 2.5, names, { name: 'Cause', description: 'names it' });
			const after = withKind(before, to, names);
			expect(criterion.safeParse(after).success).toBe(true);
			expect(after).toMatchObject({ id: before.id, kind: to, name: 'Cause', description: 'names it' });
			expect(Math.max(...after.levels.map(({ points }) => Math.abs(points)))).toBe(2.5);
		}
	}
});
