import type { Answer, Mark, Proposal, Question } from '#contract/grading.ts';

/** As a fraction of the points: two teachers often differ by as much. Farther apart, a proposal is far off. */
const farFraction = 0.2;
/** What is expected before a teacher has marked anything, and how many marks that weighs. */
const expectedError = 0.3;
const expectedWeight = 2;
/** What is known of a whole question weighs so many marks beside those of proposals that say the same there. */
const questionWeight = 1;
/** And what is known so far beside marks of equal answers: they are to get the same. */
const unequalWeight = 0.25;

/** An answer that the teacher marked themselves, beside what was proposed for it. */
interface Judged {
	id: string;
	said: string;
	proposal: Proposal;
	/** For each part of what was proposed, 1 where the teacher saw it otherwise, else 0. */
	errors: number[];
}

/**
 * How far each proposal for a question can be trusted by what the teacher's own marks say of such proposals, 0 to 1, for the order in which a person
 * looks: its confidence counts a half, the rest is what they leave of it. An order, not a probability.
 *
 * A proposal has one part, its points, or with a rubric one for each criterion, which counts by its points. What is expected to be wrong with a part is,
 * from the general to the particular, the share of the question's proposals that the teacher saw otherwise there, of those that propose the same level
 * (or about as many points), and of those for equal answers, each smoothed by the one before it (additive smoothing). Marks taken over from
 * proposals say nothing, and none speaks for its own answer.
 */
export function trustByMarks({ rubric, points }: Question, answers: readonly Answer[]): Map<string, number> {
	const weights = rubric.length === 0 ? [1] : rubric.map(({ levels }) => Math.max(0, ...levels.map((level) => level.points)));
	const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;
	const judged = answers.flatMap(({ id, text, mark, proposal }): Judged[] => {
		if (!mark || mark.accepted || !proposal || proposal.isOutdated) return [];
		return [{ id, said: saidIn(text), proposal, errors: errorsOf(rubric, points, mark, proposal) }];
	});
	const expected = ({ id, text }: Answer, proposal: Proposal) => {
		const others = judged.filter((each) => each.id !== id);
		if (others.length === 0) return 0;
		const said = saidIn(text);
		const byPart = weights.map((weight, part) => {
			const errorOf = ({ errors }: Judged) => errors[part] ?? 0;
			const ofQuestion = smoothed(others.map(errorOf), expectedError, expectedWeight);
			const ofSame = smoothed(others.filter((other) => sameProposed(rubric[part]?.id, proposal, other.proposal)).map(errorOf), ofQuestion, questionWeight);
			return weight * smoothed(others.filter((other) => other.said === said).map(errorOf), ofSame, unequalWeight);
		});
		return byPart.reduce((sum, error) => sum + error, 0) / whole;
	};
	return new Map(
		answers.flatMap((answer) => (answer.proposal ? [[answer.id, (1 - expected(answer, answer.proposal)) * (0.5 + answer.proposal.confidence / 2)]] : [])),
	);
}

function errorsOf(rubric: Question['rubric'], outOf: number, { points, levels }: Mark, proposal: Proposal): number[] {
	const isFar = isFarOff(points, proposal.points, outOf) ? 1 : 0;
	if (rubric.length === 0) return [isFar];
	return rubric.map(({ id }) => {
		const level = levels[id];
		// Points without levels say of no criterion what was wrong with it.
		return level === undefined ? isFar : level === levelIn(proposal, id) ? 0 : 1;
	});
}

/** Tells whether a proposal is farther from a mark than two teachers often are from one another. */
export function isFarOff(marked: number, proposed: number, outOf: number): boolean {
	// Points are kept to a hundredth.
	return Math.abs(marked - proposed) > farFraction * outOf + 0.005;
}

function sameProposed(criterionId: string | undefined, one: Proposal, other: Proposal): boolean {
	if (criterionId === undefined) return !isFarOff(one.points, other.points, one.outOf);
	return levelIn(one, criterionId) === levelIn(other, criterionId);
}

const levelIn = ({ verdicts }: Proposal, criterionId: string) => verdicts.find((verdict) => verdict.criterionId === criterionId)?.levelId;

function smoothed(values: readonly number[], before: number, weight: number): number {
	return (values.reduce((sum, value) => sum + value, 0) + weight * before) / (values.length + weight);
}

/** What an answer says but for case, spacing and marks at its end. */
function saidIn(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/\s+/gu, ' ')
		.trim()
		.replace(/[.!?。]$/u, '');
}
