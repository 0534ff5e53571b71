import type { AnswerGroup } from '#contract/agreement.ts';
import type { ClassStatistics, Counting, QuestionMistakes, Unsettled } from '#contract/classReport.ts';
import type { Answer, Question } from '#contract/grading.ts';
import { analyseItems } from './agreement/analyseItems.ts';
import { commonMistakes, type JudgedText } from './agreement/commonMistakes.ts';

/** What counts where nobody said: marks, as soon as there is one. */
function usualCounting(answers: readonly Answer[]): Counting {
	return answers.some(({ mark }) => mark !== null) ? 'settled' : 'all';
}

/** The points that count for an answer: the mark's, else where proposals count too those of one that is not outdated; null: none do. */
export function countedPoints({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>, counting: Counting): number | null {
	if (mark) return mark.points;
	return counting === 'all' && proposal && !proposal.isOutdated ? proposal.points : null;
}

/** Counts the answers that say something and have no mark, and what becomes of them where proposals count too. One that says nothing waits for nobody. */
export function countUnsettled(answers: readonly Answer[]): Unsettled {
	const open = answers.filter(({ mark, text }) => mark === null && text.trim() !== '');
	return {
		answers: open.length,
		proposed: open.filter((answer) => countedPoints(answer, 'all') !== null).length,
		outdated: open.filter(({ proposal }) => proposal?.isOutdated).length,
	};
}

/** How a class and each of its questions did (analyseItems.ts). A student who left a question out has no points for it, rather than 0. */
export function classStatistics(questions: readonly Question[], answers: readonly Answer[], counting = usualCounting(answers)): ClassStatistics {
	const places = new Map(questions.map(({ id }, place) => [id, place]));
	const scores = new Map<string, (number | null)[]>();
	let counted = 0;
	let proposed = 0;
	for (const answer of answers) {
		const row = scores.get(answer.submissionId) ?? questions.map(() => null);
		scores.set(answer.submissionId, row);
		const points = countedPoints(answer, counting);
		const place = places.get(answer.questionId);
		if (points === null || place === undefined) continue;
		row[place] = points;
		counted++;
		if (!answer.mark) proposed++;
	}
	const outOf = questions.map(({ points }) => points);
	return { counting, counted, proposed, analysis: analyseItems([...scores.values()], outOf) };
}

/** What many got wrong in a question (commonMistakes.ts). A mark's levels count over the proposal's, with the proposal's words where both chose the same. */
export function questionMistakes(
	{ rubric, points }: Question,
	answers: readonly Answer[],
	groups: readonly AnswerGroup[],
	counting = usualCounting(answers),
): QuestionMistakes {
	const judged = answers.map(
		(answer): JudgedText => ({ id: answer.id, text: answer.text, points: countedPoints(answer, counting), verdicts: verdictsOf(answer, counting) }),
	);
	return { counting, ...commonMistakes(judged, rubric, groups, points) };
}

function verdictsOf({ mark, proposal }: Answer, counting: Counting): JudgedText['verdicts'] {
	const proposed = proposal && !proposal.isOutdated ? proposal.verdicts : [];
	if (!mark) return counting === 'all' ? proposed : [];
	return Object.entries(mark.levels).map(
		([criterionId, levelId]) =>
			proposed.find((verdict) => verdict.criterionId === criterionId && verdict.levelId === levelId) ?? { criterionId, levelId, quote: null, place: null },
	);
}
