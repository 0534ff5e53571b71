import type { Criterion } from '#contract/rubric.ts';
import { newId } from './newId.ts';
import { stepPoints } from './sharePoints.ts';

/** What levels are called until the teacher calls them otherwise, in the language of the screen. */
export interface LevelNames {
	/** Of what must or must not be in the answer: it is, and it is not. */
	there: string;
	missing: string;
	/** From all to nothing, for criteria with so many levels. */
	steps: { 2: string[]; 3: string[]; 4: string[] };
}

/** A criterion that is worth `points`; of the kind `levels` with so many levels between all of them and none. */
export function newCriterion(
	kind: Criterion['kind'],
	points: number,
	names: LevelNames,
	{ name = '', description = '', levels = 3 }: { name?: string; description?: string; levels?: 2 | 3 | 4 } = {},
): Criterion {
	const level = (called: string, earned: number) => ({ id: newId(), name: called, description: '', points: earned });
	const base = { id: newId(), kind, name, description, byCheck: false };
	if (kind === 'mustHave') return { ...base, levels: [level(names.there, points), level(names.missing, 0)] };
	if (kind === 'mustNotHave') return { ...base, levels: [level(names.there, -points), level(names.missing, 0)] };
	const earned = stepPoints(points, levels);
	return { ...base, levels: names.steps[levels].map((called, at) => level(called, earned[at] ?? 0)) };
}

/** The same criterion as another kind: worth the same, its words kept, with the levels that the kind has. */
export function withKind(criterion: Criterion, kind: Criterion['kind'], names: LevelNames): Criterion {
	if (criterion.kind === kind) return criterion;
	const points = Math.max(...criterion.levels.map((level) => Math.abs(level.points)));
	return { ...newCriterion(kind, points, names, criterion.levels.length === 4 ? { levels: 4 } : {}), ...idAndWordsOf(criterion) };
}

function idAndWordsOf({ id, name, description, byCheck }: Criterion) {
	return { id, name, description, byCheck };
}
