import type { Answer, Question } from '#contract/grading.ts';

/** Answers drawn to be marked before their proposals are seen, in the order of the draw. */
export interface Calibration {
	questionId: string;
	answerIds: readonly string[];
}

/** An answer as it may be seen while it is calibrated with: its proposal only once there is a mark. */
export function withheld(answer: Answer, calibration: Calibration | null): Answer {
	if (answer.mark !== null || !calibration?.answerIds.includes(answer.id)) return answer;
	return { ...answer, proposal: null, status: 'waiting', failure: null };
}

/** The drawn answers in the order of the draw, as they may be seen. */
export function calibrated(answers: readonly Answer[], calibration: Calibration): Answer[] {
	const byId = new Map(answers.map((answer) => [answer.id, answer]));
	return calibration.answerIds.flatMap((id) => {
		const answer = byId.get(id);
		return answer ? [withheld(answer, calibration)] : [];
	});
}

/**
 * Draws so many answers to a question that say something and have no mark, each as likely as any other. Those with a proposal that is not
 * outdated come first: the others compare with nothing as long as they are not graded. `random` gives numbers from 0 to below 1.
 */
export function drawByChance({ id }: Pick<Question, 'id'>, answers: readonly Answer[], count: number, random: () => number): string[] {
	const open = answers.filter(({ questionId, mark, text }) => questionId === id && mark === null && text.trim() !== '');
	const isReady = ({ proposal }: Answer) => proposal !== null && !proposal.isOutdated;
	return [
		shuffle(open.filter(isReady), random),
		shuffle(
			open.filter((answer) => !isReady(answer)),
			random,
		),
	]
		.flat()
		.slice(0, count)
		.map((answer) => answer.id);
}

/** Fisher and Yates, as Knuth has it (The Art of Computer Programming 2, algorithm 3.4.2P). */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
	const drawn = [...items];
	for (let last = drawn.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		const [a, b] = [drawn[last], drawn[other]];
		// Both places are within the list.
		if (a !== undefined && b !== undefined) [drawn[last], drawn[other]] = [b, a];
	}
	return drawn;
}
