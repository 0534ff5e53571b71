import { isDeepStrictEqual } from 'node:util';
import { addUp } from '#contract/addUp.ts';
import { failure } from '#contract/errors.ts';
import type { Answer, Mark, Marker, Proposal, Question } from '#contract/grading.ts';
import type { Rubric } from '#contract/rubric.ts';

/**
 * The points of a mark, and the levels that stand for them: those that were given, else what the levels add up to. Of levels that come to
 * something else than the points none stands: most often a model proposed them, and nobody chose them for these points.
 *
 * Throws MARK_INVALID where neither says it, where a level is none of the rubric's, or where the points are under 0 or over the question's.
 */
export function markFor(
	{ rubric, points: outOf }: Question,
	given: { points: number | null; levels: Record<string, string> },
): { points: number; levels: Record<string, string> } {
	const chosen = Object.entries(given.levels);
	if (!chosen.every((choice) => hasLevel(rubric, choice))) throw failure('MARK_INVALID', { reason: 'unknownLevel', outOf });
	const sum = sumOfLevels({ rubric, points: outOf }, given.levels);
	const points = given.points ?? sum;
	if (points === null) throw failure('MARK_INVALID', { reason: 'incomplete', outOf });
	if (points < 0 || points > outOf) throw failure('MARK_INVALID', { reason: 'outOfRange', outOf });
	return { points, levels: points === sum ? given.levels : {} };
}

/** What levels come to; null where not every criterion has one. */
export function sumOfLevels({ rubric, points: outOf }: Pick<Question, 'rubric' | 'points'>, levels: Readonly<Record<string, string>>): number | null {
	if (rubric.length === 0 || rubric.some(({ id }) => levels[id] === undefined)) return null;
	const verdicts = Object.entries(levels).map(([criterionId, levelId]) => ({ criterionId, levelId }));
	return addUp(rubric, verdicts, outOf);
}

/** The levels that a proposal chose, by their criteria. */
export function levelsFor({ verdicts }: Proposal): Record<string, string> {
	return Object.fromEntries(verdicts.map(({ criterionId, levelId }) => [criterionId, levelId]));
}

/** A mark as it is asked for. */
export interface GivenMark {
	/** Null: they follow from the levels. */
	points: number | null;
	levels: Record<string, string>;
	/** Left out: as it was, in an earlier mark or else in the proposal. */
	feedback?: string | undefined;
	/** It takes the proposal over as it is. */
	accepted?: boolean | undefined;
}

/**
 * The mark to be kept of an answer. One that was only taken over from the proposal stays so called while its points and levels do, whatever
 * becomes of its feedback. Throws MARK_INVALID.
 */
export function settledMark(asked: Question, found: Pick<Answer, 'mark' | 'secondMark' | 'proposal'>, marker: Marker, given: GivenMark) {
	const before = marker === 'first' ? found.mark : found.secondMark;
	const feedback = given.feedback ?? before?.feedback ?? (marker === 'first' ? found.proposal?.feedback : undefined) ?? '';
	const settled = markFor(asked, given);
	const isAsBefore = (levels: Record<string, string>) => isDeepStrictEqual(before?.levels, levels);
	const isTheSame = before !== null && before.points === settled.points && (isAsBefore(settled.levels) || isAsBefore(given.levels));
	const accepted = marker === 'first' && (given.accepted === true || (isTheSame && before.accepted));
	return { ...settled, feedback, accepted, outOf: asked.points, ...(isTheSame && { levels: before.levels, given: before.given }) };
}

/**
 * What becomes of a mark by a question that has changed since. The chosen levels that the rubric still has stay chosen. Where there is one for each
 * criterion the points are what they add up to, else as large a share of the question's points as what was given, to the hundredth. `given` is kept
 * beside whatever does not say all of it, so that with the old question the old mark is back, with its levels.
 */
export function markAfter({ points, levels, given }: Mark, before: Question, after: Question): Pick<Mark, 'points' | 'levels' | 'given'> {
	const chosen = given ? (given.levels ?? levels) : sumOfLevels(before, levels) === points ? levels : {};
	const was = given ?? { points, outOf: before.points, ...(Object.keys(chosen).length > 0 && { levels: chosen }) };
	const left = Object.fromEntries(Object.entries(chosen).filter((choice) => hasLevel(after.rubric, choice)));
	const sum = sumOfLevels(after, left);
	const isAllLeft = Object.keys(left).length === Object.keys(chosen).length;
	if (sum !== null) return { points: sum, levels: left, ...(!isAllLeft && { given: was }) };
	if (was.outOf !== after.points) return { points: Math.round((was.points / was.outOf) * after.points * 100) / 100, levels: left, given: was };
	return { points: was.points, levels: left, ...(was.levels && { given: was }) };
}

function hasLevel(rubric: Rubric, [criterionId, levelId]: readonly [string, string]): boolean {
	return rubric.some(({ id, levels }) => id === criterionId && levels.some((level) => level.id === levelId));
}
