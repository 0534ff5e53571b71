import type { MarkersAgreement } from '#contract/agreement.ts';
import type { Answer, Mark, Question } from '#contract/grading.ts';
import { agreementOf } from './agreement/agreementOf.ts';
import { agreementOfCriteria, levelPositions } from './agreement/agreementOfCriteria.ts';
import { cohenKappa } from './agreement/cohenKappa.ts';
import { krippendorffAlpha } from './agreement/krippendorffAlpha.ts';
import { resamplesFor } from './compareWithTeacher.ts';

type MarkedTwice = Answer & { mark: Mark; secondMark: Mark };

/** Compares the marks of the first marker with those of the second of the same answers to a question; null where there are none of both. */
export function compareMarkers(question: Question, answers: readonly Answer[]): MarkersAgreement | null {
	const both = answers.filter((answer): answer is MarkedTwice => answer.mark !== null && answer.secondMark !== null);
	if (both.length === 0) return null;
	const options = { resamples: resamplesFor(both.length, 1 + question.rubric.length) };
	const pairs = both.map(({ mark, secondMark }) => ({ teacher: mark.points, model: secondMark.points }));
	const chosen = ({ levels }: Mark) => Object.entries(levels).map(([criterionId, levelId]) => ({ criterionId, levelId }));
	const judged = both.map(({ mark, secondMark }) => ({ teacher: chosen(mark), model: chosen(secondMark) }));
	const compared = agreementOfCriteria(question.rubric, judged, options);
	const criteria = question.rubric.flatMap((criterion, at) => {
		const positions = levelPositions(criterion);
		const placed = ({ levels }: Mark) => positions.get(levels[criterion.id] ?? '') ?? null;
		const ratings = [both.map(({ mark }) => placed(mark)), both.map(({ secondMark }) => placed(secondMark))];
		const found = compared[at];
		return found ? [{ ...found, kappa: cohenKappa(found.agreement.confusion.counts), alpha: krippendorffAlpha(ratings, 'ordinal') }] : [];
	});
	const points = [pairs.map(({ teacher }) => teacher), pairs.map(({ model }) => model)];
	return { points: agreementOf(pairs, { kind: 'points', outOf: question.points }, options), alpha: krippendorffAlpha(points, 'interval'), criteria };
}
