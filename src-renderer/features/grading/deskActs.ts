import type { Inputs } from '#contract/contract.ts';
import type { Answer, Assignment, Mark, Marker, Question } from '#contract/grading.ts';
import { forgetAct } from '../../ui/notify.ts';
import { addUpLevels } from './addUpLevels.ts';
import { canTakeOver, ownMark } from './arrangeDesk.ts';
import { withheld } from './calibration.ts';
import { chosenLevels, markOfProposal, takesOver } from './chosenLevels.ts';
import { draftKey, select, setDraft, useDesk } from './deskStore.ts';
import { acceptProposals, clearMark, setMark, setMarks, unacceptProposals, useGrading } from './gradingStore.ts';

/** One thing that was done and how it is taken back; of one answer, or of many. */
interface Act {
	answer: Pick<Answer, 'id' | 'submissionId'> | null;
	undo: () => Promise<boolean>;
}

const mostActs = 200;
let acts: Act[] = [];
/** What is being kept of each answer, so that a mark which is changed twice in a hurry ends as it was changed last. */
const inTurn = new Map<string, Promise<unknown>>();

/** Forgets what could be taken back: another assignment is on the desk. */
export function forgetActs(): void {
	forgetAct();
	acts = [];
}

/**
 * Takes a proposal over as the mark of the first marker, where there is none or only one that an earlier proposal gave. A mark that was typed and is
 * just being kept, as its field is left for the button, stands.
 */
export function acceptProposal(question: Question, answer: Answer): Promise<boolean> {
	const { proposal } = answer;
	if (proposal === null || !canTakeOver(answer)) return Promise.resolve(false);
	const key = draftKey('first', answer.id);
	// What the teacher wrote stands, also before there were points to keep it with.
	const feedback = useDesk.getState().drafts[key]?.feedback ?? proposal.feedback;
	setDraft(key, null);
	return changeMark(answer, 'first', async (now) => {
		if (!canTakeOver({ ...now, proposal })) return null;
		return setMark({ answerId: answer.id, ...markOfProposal(question, proposal), feedback, accepted: true });
	});
}

/**
 * Chooses a level of a criterion. As soon as every criterion has one, which with a proposal they have, the mark is kept and its points
 * follow; until then the choice waits on the desk.
 */
export async function chooseLevel(question: Question, answer: Answer, marker: Marker, criterionId: string, levelId: string): Promise<boolean> {
	const key = draftKey(marker, answer.id);
	const before = useDesk.getState().drafts[key];
	const draft = { feedback: before?.feedback, levels: { ...before?.levels, [criterionId]: levelId } };
	setDraft(key, draft);
	const kept = await changeMark(answer, marker, async (now) => {
		const levels = { ...chosenLevels(question, now, marker, draft.levels) };
		if (addUpLevels(question.rubric, levels, question.points) === null) return null;
		const accepted = takesOver(question, now, marker, { points: null, levels });
		// Left out it is what stands there: of a proposal that the marker has not seen that is nothing.
		const feedback = draft.feedback ?? (now.mark === null && now.proposal === null ? '' : undefined);
		return setMark({ answerId: answer.id, marker, levels, feedback, accepted });
	});
	// A later choice is still on its way.
	if (kept && useDesk.getState().drafts[key] === draft) setDraft(key, null);
	return kept;
}

/** Keeps points and feedback that were typed. `points` null: they follow from the levels. */
export function keepMark(question: Question, answer: Answer, marker: Marker, given: { points: number | null; feedback: string }): Promise<boolean> {
	const key = draftKey(marker, answer.id);
	const draft = useDesk.getState().drafts[key];
	return changeMark(answer, marker, async (now) => {
		const levels = { ...chosenLevels(question, now, marker, draft?.levels) };
		const accepted = takesOver(question, now, marker, { points: given.points, levels });
		const isKept = await setMark({ answerId: answer.id, marker, points: given.points, feedback: given.feedback, levels, accepted });
		if (isKept && useDesk.getState().drafts[key] === draft) setDraft(key, null);
		return isKept;
	});
}

/** Takes a mark away. */
export function removeMark(answer: Answer, marker: Marker): Promise<boolean> {
	setDraft(draftKey(marker, answer.id), null);
	return changeMark(answer, marker, () => clearMark({ answerId: answer.id, marker }));
}

/** Takes the proposals of a question, or with null of all, over as marks from a confidence on. Gives back how many; null when it failed. */
export async function acceptMany(assignmentId: string, questionId: string | null, leastConfidence: number): Promise<number | null> {
	const accepted = await acceptProposals({ assignmentId, questionId, leastConfidence });
	if (accepted !== null && accepted.length > 0) remember({ answer: null, undo: () => unacceptProposals(assignmentId, accepted) });
	return accepted?.length ?? null;
}

/** Gives several answers to one question the same mark. True when it was kept. */
export function markAlike(
	assignmentId: string,
	answers: readonly Answer[],
	{ points, levels, feedback, accepted }: Pick<Mark, 'levels' | 'feedback' | 'accepted'> & { points: number | null },
): Promise<boolean> {
	return keepMany(
		assignmentId,
		answers.map((answer) => ({ answer, mark: { points, levels, feedback, accepted } })),
	);
}

/** Takes over what is proposed now in place of marks that earlier proposals gave. True when it was kept. */
export function takeOverAnew({ id, questions }: Pick<Assignment, 'id' | 'questions'>, answers: readonly Answer[]): Promise<boolean> {
	const marks = answers.flatMap((answer) => {
		const question = questions.find((each) => each.id === answer.questionId);
		const { proposal } = answer;
		if (!question || proposal === null) return [];
		return [{ answer, mark: { ...markOfProposal(question, proposal), feedback: proposal.feedback, accepted: true } }];
	});
	return keepMany(id, marks);
}

type GivenMark = NonNullable<Inputs['grading']['setMarks']['marks'][number]['mark']>;

async function keepMany(assignmentId: string, given: readonly { answer: Answer; mark: GivenMark }[]): Promise<boolean> {
	const keep = (marks: Inputs['grading']['setMarks']['marks']) => setMarks({ assignmentId, marks });
	const before = given.map(({ answer: { id, mark } }) => {
		return { answerId: id, mark: mark && { points: mark.points, levels: mark.levels, feedback: mark.feedback, accepted: mark.accepted } };
	});
	for (const { answer } of given) setDraft(draftKey('first', answer.id), null);
	const isKept = await keep(given.map(({ answer, mark }) => ({ answerId: answer.id, mark })));
	if (isKept) remember({ answer: null, undo: () => keep(before) });
	return isKept;
}

/** Takes back the last thing that was done on this desk and shows where it was. False where there was none, or it failed. */
export async function undoLast(): Promise<boolean> {
	forgetAct();
	// What is still being kept is the last thing that was done.
	await Promise.allSettled([...inTurn.values()]);
	const act = acts.pop();
	if (!act) return false;
	if (act.answer) select(act.answer);
	return act.undo();
}

function remember(act: Act): void {
	forgetAct();
	acts = [...acts.slice(1 - mostActs), act];
}

/** Changes a mark after all earlier changes of the same answer, so that it can be taken back to what it was. `change` gives null where there is nothing to do. */
function changeMark(answer: Answer, marker: Marker, change: (now: Answer) => Promise<boolean | null>): Promise<boolean> {
	return afterEarlier(answer.id, async () => {
		// What the marker does not see must not slip into the mark.
		const now = withheld(useGrading.getState().answers?.find(({ id }) => id === answer.id) ?? answer, useDesk.getState().calibration);
		const before = ownMark(now, marker);
		const done = await change(now);
		if (done) remember({ answer, undo: () => afterEarlier(answer.id, () => putBack(answer.id, marker, before)) });
		return done === true;
	});
}

function putBack(answerId: string, marker: Marker, before: Mark | null): Promise<boolean> {
	setDraft(draftKey(marker, answerId), null);
	if (before === null) return clearMark({ answerId, marker });
	const { points, levels, feedback, accepted } = before;
	return setMark({ answerId, marker, points, levels, feedback, accepted });
}

function afterEarlier(answerId: string, work: () => Promise<boolean>): Promise<boolean> {
	const done = (inTurn.get(answerId) ?? Promise.resolve()).then(work, work);
	inTurn.set(answerId, done);
	void done.finally(() => {
		if (inTurn.get(answerId) === done) inTurn.delete(answerId);
	});
	return done;
}
