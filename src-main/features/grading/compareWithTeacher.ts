import type { QuestionAgreement } from '#contract/classReport.ts';
import type { Answer, Mark, Proposal, Question } from '#contract/grading.ts';
import { agreementOf } from './agreement/agreementOf.ts';
import { agreementOfCriteria } from './agreement/agreementOfCriteria.ts';
import { neededMarks } from './agreement/neededMarks.ts';
import { trustTable } from './agreement/trustTable.ts';

/** What a call may draw for its intervals, all its tables taken together: well under a second of work. */
const mostDraws = 8_000_000;
const usualResamples = 2000;
/** With fewer an end of an interval is a matter of luck. */
const fewestResamples = 100;

type Compared = Answer & { mark: Mark; proposal: Proposal };

/**
 * Compares the proposals for a question with the teacher's own marks.
 *
 * A mark that was taken over from the proposal unchanged would agree whatever the model is worth, so it is left out, as is a proposal that rests
 * on another wording of the question. The more is compared, the fewer samples the intervals are drawn from: 2,000 for a class, never under 100.
 */
export function compareWithTeacher(question: Question, answers: readonly Answer[]): Omit<QuestionAgreement, 'markers'> {
	const marked = answers.filter((answer): answer is Compared => answer.mark !== null && answer.proposal !== null && !answer.proposal.isOutdated);
	const compared = marked.filter(({ mark }) => !mark.accepted);
	const pairs = compared.map(({ id, mark, proposal }) => ({ answerId: id, teacher: mark.points, model: proposal.points }));
	const judged = compared.map(({ mark, proposal }) => ({
		teacher: Object.entries(mark.levels).map(([criterionId, levelId]) => ({ criterionId, levelId })),
		model: proposal.verdicts,
	}));
	const options = { resamples: resamplesFor(pairs.length, 1 + question.rubric.length) };
	const trusted = compared.map(({ mark, proposal }) => ({ teacher: mark.points, model: proposal.points, confidence: proposal.confidence }));
	return {
		pairs,
		accepted: marked.length - compared.length,
		agreement: agreementOf(pairs, { kind: 'points', outOf: question.points }, options),
		criteria: agreementOfCriteria(question.rubric, judged, options),
		needed: neededMarks(pairs, question.points, answers.filter(({ text }) => text.trim() !== '').length),
		trust: trustTable(trusted, question.points),
	};
}

/** From how many samples the intervals of so many tables of so many rows are drawn. */
export function resamplesFor(rows: number, tables: number): number {
	return Math.max(fewestResamples, Math.min(usualResamples, Math.floor(mostDraws / Math.max(1, rows * tables))));
}
