import { expect, test } from 'vitest';
import { rubric } from '#contract/rubric.ts';
import type { LevelNames } from './newCriterion.ts';
import { rubricFromDraft } from './rubricFromDraft.ts';

const names: LevelNames = { there: 'There', missing: 'Missing', steps: { 2: [], 3: ['All', 'Some', 'None'], 4: [] } };

test('what a model drafted becomes criteria with its words at the levels, in the language of the screen, and points by weight', () => {
	const words = { description: 'Names the cause.', full: 'Names it and says why', partly: 'Names it', none: 'Does not name it' };
	const criteria = [
		{ name: 'Cause', ...words, weight: 3 as const },
		{ name: 'Effect', ...words, none: '', weight: 1 as const },
	];
	const made = rubricFromDraft({ criteria }, 8, names);
	expect(rubric.parse(made)).toEqual(made);
	expect(made.map(({ name, kind, levels }) => [name, kind, levels.map((level) => [level.name, level.description, level.points])])).toEqual([
		[
			'Cause',
			'levels',
			[
				['All', 'Names it and says why', 6],
				['Some', 'Names it', 3],
				['None', 'Does not name it', 0],
			],
		],
		[
			'Effect',
			'levels',
			[
				['All', 'Names it and says why', 2],
				['Some', 'Names it', 1],
				['None', '', 0],
			],
		],
	]);
});
