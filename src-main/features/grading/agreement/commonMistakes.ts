import type { AnswerGroup, CommonMistakes, MissedCriterion } from '#contract/agreement.ts';
import type { Criterion, Rubric, Verdict } from '#contract/rubric.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';
import { mean } from './variance.ts';

/** An answer as it was judged; `points` is null before anybody, or anything, gave it some. */
export interface JudgedText {
	id: string;
	text: string;
	points: number | null;
	verdicts: readonly Pick<Verdict, 'criterionId' | 'levelId' | 'quote' | 'place'>[];
}

export interface MistakesOptions {
	/** How many examples of a criterion, 3 unless given. */
	examples?: number;
	/** How many groups, 5 unless given. */
	groups?: number;
}

/**
 * What many of a class got wrong in one question: the criteria most often missed with words that show it, and the largest groups of like answers with
 * few points. Counts and quotes only, so that nothing in it is invented.
 *
 * A criterion is missed at a level that earns less than its best. Quotes are shown only where they stand in the answer. A group counts from two
 * answers with points on, and with at most half of `outOf` in the mean.
 */
export function commonMistakes(
	answers: readonly JudgedText[],
	rubric: Rubric,
	groups: readonly AnswerGroup[],
	outOf: number,
	options: MistakesOptions = {},
): CommonMistakes {
	const criteria = rubric.map((criterion) => missedIn(criterion, answers, options.examples ?? 3));
	return {
		criteria: criteria.filter(({ missed }) => missed > 0).sort((a, b) => b.missed / b.judged - a.missed / a.judged || b.meanLoss - a.meanLoss),
		groups: lowGroups(answers, groups, outOf).slice(0, options.groups ?? 5),
	};
}

function missedIn(criterion: Criterion, answers: readonly JudgedText[], examples: number): MissedCriterion {
	const best = Math.max(...criterion.levels.map(({ points }) => points));
	const judged = answers.flatMap((answer) => {
		const verdict = answer.verdicts.find(({ criterionId }) => criterionId === criterion.id);
		const level = criterion.levels.find(({ id }) => id === verdict?.levelId);
		return level === undefined ? [] : [{ answerId: answer.id, quote: verdict?.place ? verdict.quote : null, loss: best - level.points }];
	});
	const missed = judged.filter(({ loss }) => loss > 0);
	// The worst first, and of those the ones with words to show.
	const ordered = missed.toSorted((a, b) => b.loss - a.loss || Number(a.quote === null) - Number(b.quote === null) || (a.answerId < b.answerId ? -1 : 1));
	return {
		criterionId: criterion.id,
		judged: judged.length,
		missed: missed.length,
		meanLoss: mean(judged.map(({ loss }) => loss)) ?? 0,
		examples: withDistinctQuotes(ordered).slice(0, examples),
	};
}

/** Quotes in their order, each once; answers without one only where there are no quotes at all. */
function withDistinctQuotes(missed: readonly { answerId: string; quote: string | null }[]): MissedCriterion['examples'] {
	const seen = new Set<string>();
	const quoted = missed.filter(({ quote }) => {
		const said = quote === null ? '' : normaliseAnswer(quote);
		if (said === '' || seen.has(said)) return false;
		seen.add(said);
		return true;
	});
	return (quoted.length > 0 ? quoted : missed).map(({ answerId, quote }) => ({ answerId, quote }));
}

function lowGroups(answers: readonly JudgedText[], groups: readonly AnswerGroup[], outOf: number): CommonMistakes['groups'] {
	const byId = new Map(answers.map((answer) => [answer.id, answer]));
	const found = groups.flatMap((group) => {
		const members = group.memberIds.flatMap((id) => byId.get(id) ?? []).filter(({ points, text }) => points !== null && text.trim() !== '');
		const [example] = members;
		const meanPoints = mean(members.flatMap(({ points }) => points ?? []));
		if (example === undefined || meanPoints === null || members.length < 2 || meanPoints > outOf / 2) return [];
		return [{ groupId: group.id, count: members.length, meanPoints, example: { answerId: example.id, text: example.text } }];
	});
	return found.sort((a, b) => b.count - a.count || a.meanPoints - b.meanPoints || (a.groupId < b.groupId ? -1 : 1));
}
