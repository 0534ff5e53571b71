import { create } from 'zustand';
import type { Inputs } from '#contract/contract.ts';
import type { Answer, Assignment, AssignmentFields, QuestionFields } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { DeskReader } from './DeskReader.ts';
import { mergeAnswers } from './mergeAnswers.ts';
import { type Standing, standingOf } from './standingOf.ts';

interface GradingState {
	/** Newest first; null until read. */
	assignments: Assignment[] | null;
	/** The assignment on the desk; what belongs to it comes a moment after its id. */
	openId: string | null;
	assignment: Assignment | null;
	/** The question whose answers are held; null: those to all questions, as by student. */
	questionId: string | null;
	/** In the order of the table; null until read. */
	answers: Answer[] | null;
	/** Of all answers to the assignment, as far as they have been read, by their ids. */
	standings: ReadonlyMap<string, Standing>;
	/** Why the last act or the stream failed; null while all is well. */
	error: unknown;
}

const nothingOpen = { openId: null, assignment: null, questionId: null, answers: null, standings: new Map<string, Standing>() } as const;

/** What the Grading screen shows. The truth is in the app; the functions below ask it and keep what it answered. */
export const useGrading = create<GradingState>(() => ({ assignments: null, ...nothingOpen, error: null }));

let stopWatching: (() => void) | null = null;

/** However busy the page is, the next question is read after this time. */
const idleWithinMs = 1_000;

/** Reads the list of assignments again. */
export async function readAssignments(): Promise<void> {
	await attempt(async () => {
		const assignments = await client.grading.list();
		useGrading.setState({ assignments: assignments.toSorted((a, b) => b.createdAt - a.createdAt) });
	});
}

/** Puts an assignment on the desk and follows it as it is graded; null clears the desk. */
export function openAssignment(assignmentId: string | null): void {
	if (useGrading.getState().openId === assignmentId) return;
	stopWatching?.();
	stopWatching = null;
	reader.stop();
	useGrading.setState({ ...nothingOpen, openId: assignmentId, error: null });
	if (assignmentId !== null) stopWatching = watchAssignment(assignmentId);
}

/** Holds the answers to one question of the assignment on the desk, or with null those to all of them. */
export function holdQuestion(questionId: string | null): void {
	if (useGrading.getState().questionId === questionId) return;
	useGrading.setState({ questionId, answers: null });
	void reader.read();
}

/** Takes an assignment off the list; `restoreAssignment` brings it back. True when it is gone. */
export async function removeAssignment(assignmentId: string): Promise<boolean> {
	const removed = await attempt(async () => {
		await client.grading.remove({ assignmentId });
		return true;
	});
	if (removed === null) return false;
	useGrading.setState(({ assignments }) => ({ assignments: (assignments ?? []).filter((assignment) => assignment.id !== assignmentId) }));
	return true;
}

/** Brings a removed assignment back to the list, and to the desk where that is what is looked at. */
export async function restoreAssignment(assignmentId: string): Promise<void> {
	await attempt(() => client.grading.restore({ assignmentId }));
	await readAssignments();
	if (useGrading.getState().openId !== assignmentId) return;
	openAssignment(null);
	openAssignment(assignmentId);
}

/** Changes the title and the like. True when it was taken. */
export async function changeFields(assignmentId: string, fields: Partial<AssignmentFields>): Promise<boolean> {
	return keepAssignment(() => client.grading.change({ assignmentId, fields }));
}

/** Changes a question's text, key, points, check or rubric. True when it was taken. */
export async function changeQuestion(assignmentId: string, questionId: string, fields: Partial<QuestionFields>): Promise<boolean> {
	return keepAssignment(() => client.grading.changeQuestion({ assignmentId, questionId, fields }));
}

/** Queues the grading of what the order is about. True when it was taken. */
export async function startGrading(order: Inputs['grading']['start']): Promise<boolean> {
	return keepAssignment(() => client.grading.start(order));
}

/** Pauses, resumes or cancels the running grading; what is graded stays. */
export async function steerJob(act: 'pause' | 'resume' | 'cancel', jobId: string): Promise<void> {
	await attempt(() => client.jobs[act]({ jobId }));
}

/** Writes a mark. True when it was kept. */
export async function setMark(order: Inputs['grading']['setMark']): Promise<boolean> {
	return keepAnswer(() => client.grading.setMark(order));
}

/** Takes a mark away, so that the proposal counts again. True when it was done. */
export async function clearMark(order: Inputs['grading']['clearMark']): Promise<boolean> {
	return keepAnswer(() => client.grading.clearMark(order));
}

/** Takes proposals over as marks; gives back the answers that it marked, null when it failed. */
export async function acceptProposals(order: Inputs['grading']['accept']): Promise<string[] | null> {
	return attempt(() => client.grading.accept(order));
}

/** Takes back what `acceptProposals` did. True when it was done. */
export async function unacceptProposals(assignmentId: string, answerIds: string[]): Promise<boolean> {
	const done = await attempt(async () => {
		await client.grading.unaccept({ assignmentId, answerIds });
		return true;
	});
	return done !== null;
}

/** Writes several marks at once, or with null takes them back. True when it was done; the stream tells what they are now. */
export async function setMarks(order: Inputs['grading']['setMarks']): Promise<boolean> {
	const done = await attempt(async () => {
		await client.grading.setMarks(order);
		return true;
	});
	return done !== null;
}

/** Puts the last failure away. */
export function forgetError(): void {
	useGrading.setState({ error: null });
}

/**
 * Reads what the desk holds, question by question: first the one on the desk, then the others, of which only their standings are kept. By
 * student all are held.
 */
const reader = new DeskReader({
	ask: () => {
		const { openId, assignment, questionId } = useGrading.getState();
		return openId === null || assignment === null ? null : { assignmentId: openId, questionIds: assignment.questions.map(({ id }) => id), questionId };
	},
	answers: (assignmentId, questionId) => attempt(() => client.grading.answers({ assignmentId, questionId })),
	onRead: (read, held) => useGrading.setState(({ standings }) => ({ standings: withStandings(standings, read), ...(held && { answers: held }) })),
	idle: () => new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: idleWithinMs })),
});

/** Follows one assignment. Each time the stream is opened anew the answers are read again, as changes may have been missed. */
function watchAssignment(assignmentId: string): () => void {
	return watchStream(
		async (signal) => {
			const changes = await client.grading.watch({ assignmentId }, { signal });
			// Not before the stream is there: it tells of what changes after the answers are read.
			if (!signal.aborted && useGrading.getState().assignment === null) reader.begin(assignmentId);
			return changes;
		},
		({ assignment, changed }, { isFirst }) => {
			const before = useGrading.getState().assignment?.counts.answers ?? assignment.counts.answers;
			const isOther = before !== assignment.counts.answers;
			// A desk begins with its first question.
			useGrading.setState((state) => ({ assignment, ...(state.assignment === null && { questionId: assignment.questions[0]?.id ?? null }) }));
			// Of students who are gone nothing is to be counted.
			if (before > assignment.counts.answers) useGrading.setState({ standings: new Map() });
			if (isFirst || isOther) {
				reader.forget();
				void reader.read();
			}
			layOver(changed);
		},
		{ onError: (error) => useGrading.setState({ error }) },
	);
}

function layOver(changed: readonly Answer[]): void {
	if (changed.length === 0) return;
	reader.came(changed);
	useGrading.setState(({ answers, standings }) => ({ answers: answers && mergeAnswers(answers, changed), standings: withStandings(standings, changed) }));
}

function withStandings(standings: ReadonlyMap<string, Standing>, answers: readonly Answer[]): ReadonlyMap<string, Standing> {
	const all = new Map(standings);
	for (const answer of answers) all.set(answer.id, standingOf(answer));
	return all;
}

async function keepAssignment(work: () => Promise<Assignment>): Promise<boolean> {
	const assignment = await attempt(work);
	if (assignment === null) return false;
	useGrading.setState(({ openId }) => (openId === assignment.id ? { assignment } : {}));
	return true;
}

async function keepAnswer(work: () => Promise<Answer>): Promise<boolean> {
	const answer = await attempt(work);
	if (answer === null) return false;
	layOver([answer]);
	return true;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		const result = await work();
		useGrading.setState({ error: null });
		return result;
	} catch (error) {
		useGrading.setState({ error });
		return null;
	}
}
