import type { Answer, Marker } from '#contract/grading.ts';
import { deskStatus, isDoubtful } from './arrangeDesk.ts';
import { isFarOff } from './trustByMarks.ts';

/** The little of an answer that the progress of its question is counted from, so that a class of thousands need not be held whole. */
export interface Standing {
	questionId: string;
	isEmpty: boolean;
	isSettled: Record<Marker, boolean>;
	isProposed: boolean;
	isDoubtful: boolean;
	/** Whether what was proposed is far off what the teacher marked by themselves; null where there is nothing to compare. */
	isFarOff: boolean | null;
}

export function standingOf(answer: Answer): Standing {
	const status = deskStatus(answer, { marker: 'first', jobActive: false });
	const { mark, proposal } = answer;
	const isOpen = status === 'proposed' || status === 'outdated';
	return {
		questionId: answer.questionId,
		isEmpty: answer.text.trim() === '',
		isSettled: { first: answer.mark !== null, second: answer.secondMark !== null },
		isProposed: isOpen,
		isDoubtful: isOpen && isDoubtful(answer),
		isFarOff: mark && !mark.accepted && proposal && !proposal.isOutdated ? isFarOff(mark.points, proposal.points, proposal.outOf) : null,
	};
}

/** How far a question is. `toSettle` are those that say something or have a mark: an empty one waits for nobody. */
export interface QuestionProgress {
	settled: number;
	toSettle: number;
	proposed: number;
	doubtful: number;
	/** Of the proposals that the teacher marked by themselves beside (`compared`), those that are far off. */
	farOff: number;
	compared: number;
}

/** Counts how far each question is for one of the markers, by the questions' ids. */
export function countProgress(standings: Iterable<Standing>, marker: Marker): Map<string, QuestionProgress> {
	const counts = new Map<string, QuestionProgress>();
	for (const { questionId, isEmpty, isSettled, isProposed, isDoubtful: isInDoubt, isFarOff: isOff } of standings) {
		const count = counts.get(questionId) ?? { settled: 0, toSettle: 0, proposed: 0, doubtful: 0, farOff: 0, compared: 0 };
		counts.set(questionId, count);
		if (isSettled[marker]) count.settled++;
		if (isSettled[marker] || !isEmpty) count.toSettle++;
		if (marker === 'first' && isProposed) count.proposed++;
		if (marker === 'first' && isInDoubt) count.doubtful++;
		if (marker === 'first' && isOff !== null) count.compared++;
		if (marker === 'first' && isOff) count.farOff++;
	}
	return counts;
}
