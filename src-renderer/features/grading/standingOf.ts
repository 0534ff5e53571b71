import type { Answer, Marker } from '#contract/grading.ts';
import { deskStatus, isDoubtful } from './arrangeDesk.ts';

/** The little of an answer that the progress of its question is counted from, so that a class of thousands need not be held whole. */
export interface Standing {
	questionId: string;
	isEmpty: boolean;
	isSettled: Record<Marker, boolean>;
	isProposed: boolean;
	isDoubtful: boolean;
}

export function standingOf(answer: Answer): Standing {
	const status = deskStatus(answer, { marker: 'first', jobActive: false });
	const isOpen = status === 'proposed' || status === 'outdated';
	return {
		questionId: answer.questionId,
		isEmpty: answer.text.trim() === '',
		isSettled: { first: answer.mark !== null, second: answer.secondMark !== null },
		isProposed: isOpen,
		isDoubtful: isOpen && isDoubtful(answer),
	};
}

/** How far a question is. `toSettle` are those that say something or have a mark: an empty one waits for nobody. */
export interface QuestionProgress {
	settled: number;
	toSettle: number;
	proposed: number;
	doubtful: number;
}

/** Counts how far each question is for one of the markers, by the questions' ids. */
export function countProgress(standings: Iterable<Standing>, marker: Marker): Map<string, QuestionProgress> {
	const counts = new Map<string, QuestionProgress>();
	for (const { questionId, isEmpty, isSettled, isProposed, isDoubtful: isInDoubt } of standings) {
		const count = counts.get(questionId) ?? { settled: 0, toSettle: 0, proposed: 0, doubtful: 0 };
		counts.set(questionId, count);
		if (isSettled[marker]) count.settled++;
		if (isSettled[marker] || !isEmpty) count.toSettle++;
		if (marker === 'first' && isProposed) count.proposed++;
		if (marker === 'first' && isInDoubt) count.doubtful++;
	}
	return counts;
}
