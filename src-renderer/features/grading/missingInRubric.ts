import type { Rubric } from '#contract/rubric.ts';

/** What keeps a rubric from being kept: which criterion, by its place from 1, which of its levels, and what of it. */
export interface RubricGap {
	criterion: { place: number; name: string };
	/** The place of the level from 1; null where it is the criterion itself, or all that it earns. */
	level: number | null;
	lacks: 'name' | 'points';
}

/** The first thing in a rubric, in the order in which it stands on the screen, that is not written or cannot be read; null where there is none. */
export function missingInRubric(rubric: Rubric): RubricGap | null {
	for (const [at, { kind, name, levels }] of rubric.entries()) {
		const criterion = { place: at + 1, name: name.trim() };
		if (criterion.name === '') return { criterion, level: null, lacks: 'name' };
		for (const [of, level] of levels.entries()) {
			if (level.name.trim() === '') return { criterion, level: of + 1, lacks: 'name' };
			if (Number.isNaN(level.points)) return { criterion, level: kind === 'levels' ? of + 1 : null, lacks: 'points' };
		}
	}
	return null;
}
