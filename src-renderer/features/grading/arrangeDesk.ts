import type { Answer, Mark, Marker } from '#contract/grading.ts';

/**
 * How an answer stands, for whoever marks: `settled` has a mark, `overtaken` one that was taken over from a proposal which does not say that any
 * more, `proposed` waits for one, `noAnswer` holds nothing to grade.
 */
export type DeskStatus = 'noAnswer' | 'notGraded' | 'queued' | 'grading' | 'proposed' | 'outdated' | 'settled' | 'overtaken' | 'failed';

export const deskFilters = ['all', 'toReview', 'doubtful', 'notGraded', 'settled', 'overtaken', 'failed', 'outdated', 'byHand', 'markersDiffer'] as const;
export type DeskFilter = (typeof deskFilters)[number];
export const deskOrders = ['doubt', 'table', 'points', 'name'] as const;
export type DeskOrder = (typeof deskOrders)[number];

/** Who looks at the desk, and whether a job of this assignment is queued or running, so that what waits is in its queue. */
export interface DeskEye {
	marker: Marker;
	jobActive: boolean;
	/** How far each proposal can be trusted by what the teacher marked, when the desk was put up (deskTrust.ts); left out, or without a proposal in it, by its confidence. */
	trust?: ReadonlyMap<string, number>;
}

/** The mark of whoever marks now. A second marker sees neither the first one's nor what the model proposes. */
export function ownMark(answer: Pick<Answer, 'mark' | 'secondMark'>, marker: Marker): Mark | null {
	return marker === 'first' ? answer.mark : answer.secondMark;
}

/** The proposal that whoever marks now may see. */
export function seenProposal(answer: Pick<Answer, 'proposal'>, marker: Marker): Answer['proposal'] {
	return marker === 'first' ? answer.proposal : null;
}

/** The points that count for whoever marks now: those of the own mark, else of the proposal, else none. */
export function pointsOf(answer: Answer, marker: Marker): number | null {
	return ownMark(answer, marker)?.points ?? seenProposal(answer, marker)?.points ?? null;
}

/** Those of them that count in what is said of all: not what was proposed of an older question, maybe of other points. */
export function countedPointsOf(answer: Answer, marker: Marker): number | null {
	return ownMark(answer, marker) === null && answer.proposal?.isOutdated ? null : pointsOf(answer, marker);
}

/** Says how an answer stands. */
export function deskStatus(answer: Answer, { marker, jobActive }: DeskEye): DeskStatus {
	if (marker === 'second') return answer.secondMark ? 'settled' : answer.text.trim() === '' ? 'noAnswer' : 'notGraded';
	if (answer.status === 'running' && jobActive) return 'grading';
	if (answer.mark) return isOvertaken(answer) ? 'overtaken' : 'settled';
	if (answer.text.trim() === '') return 'noAnswer';
	if (answer.status === 'failed') return 'failed';
	if (answer.status === 'waiting' && jobActive) return 'queued';
	if (answer.proposal === null) return 'notGraded';
	return answer.proposal.isOutdated ? 'outdated' : 'proposed';
}

/** Under this a proposal is doubtful even where nothing in particular speaks against it. */
const leastConfident = 0.5;

/** Tells whether a person should look at a proposal before others. That there is no rubric is said of a whole question, and doubts no answer more than another. */
export function isDoubtful({ proposal }: Pick<Answer, 'proposal'>): boolean {
	return proposal !== null && (proposal.confidence < leastConfident || proposal.doubts.some((doubt) => doubt !== 'wholeJudgement'));
}

/** Tells whether a mark says something else than what was proposed, or nothing was. */
function isByHand({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>): boolean {
	return mark !== null && (proposal === null || mark.points !== proposal.points || mark.feedback !== proposal.feedback);
}

/**
 * Tells whether a mark was taken over from a proposal that is outdated, or that says other points or levels by now: nobody has decided on what
 * is proposed since. A mark of one's own is never overtaken.
 */
export function isOvertaken({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>): boolean {
	if (mark === null || !mark.accepted || proposal === null) return false;
	return proposal.isOutdated || mark.points !== proposal.points || proposal.verdicts.some(({ criterionId, levelId }) => mark.levels[criterionId] !== levelId);
}

/** Tells whether there is a proposal that may be taken over as the mark: where there is none yet, or only one that an earlier proposal gave. */
export function canTakeOver({ mark, proposal }: Pick<Answer, 'mark' | 'proposal'>): boolean {
	return proposal !== null && !proposal.isOutdated && (mark === null || isOvertaken({ mark, proposal }));
}

/** Tells whether an answer is among those that a filter shows. */
export function passesFilter(filter: DeskFilter, answer: Answer, eye: DeskEye): boolean {
	const status = deskStatus(answer, eye);
	switch (filter) {
		case 'all':
			return true;
		case 'toReview':
			return status === 'proposed' || status === 'outdated';
		case 'doubtful':
			return (status === 'proposed' || status === 'outdated') && isDoubtful(answer);
		case 'notGraded':
			return status === 'notGraded' || status === 'noAnswer' || status === 'queued' || status === 'grading';
		case 'byHand':
			return eye.marker === 'first' && isByHand(answer);
		case 'markersDiffer':
			return eye.marker === 'first' && answer.mark !== null && answer.secondMark !== null && answer.mark.points !== answer.secondMark.points;
		case 'settled':
			return status === 'settled' || status === 'overtaken';
		case 'overtaken':
		case 'failed':
		case 'outdated':
			return status === filter;
		default:
			return filter satisfies never;
	}
}

const names = new Intl.Collator(undefined, { numeric: true });

/**
 * Chooses and sorts the answers that the desk shows. Equal ones stay in the order of the table; what has no points comes last by points.
 *
 * By doubt, what failed comes first, then proposals from the least trusted on, then the rest, and last what was settled when the desk was put up. Settling
 * one does not move it, so that going on and back finds each where it was.
 */
export function arrangeDesk(answers: readonly Answer[], filter: DeskFilter, order: DeskOrder, eye: DeskEye): Answer[] {
	const shown = answers.filter((answer) => passesFilter(filter, answer, eye));
	if (order === 'table') return shown;
	return shown.sort((a, b) => compare(a, b, order, eye) || a.row - b.row);
}

function compare(a: Answer, b: Answer, order: Exclude<DeskOrder, 'table'>, eye: DeskEye): number {
	switch (order) {
		case 'doubt':
			return trustOf(a, eye) - trustOf(b, eye);
		case 'name':
			return names.compare(a.studentName || a.studentId, b.studentName || b.studentId);
		case 'points': {
			const [of, other] = [pointsOf(a, eye.marker), pointsOf(b, eye.marker)];
			if (of === null || other === null) return Number(of === null) - Number(other === null);
			return of - other;
		}
		default:
			return order satisfies never;
	}
}

function trustOf(answer: Answer, { marker, trust }: DeskEye): number {
	if (marker === 'second') return 0;
	const isFailed = answer.status === 'failed';
	return trust?.get(answer.id) ?? (isFailed ? -1 : (answer.proposal?.confidence ?? 2));
}
