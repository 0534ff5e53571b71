import { create } from 'zustand';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Outputs } from '#contract/contract.ts';
import type { Assignment, AssignmentFields, Submission } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { mergeSubmissions } from './mergeSubmissions.ts';

interface GradingState {
	/** Newest first; null until read. */
	assignments: Assignment[] | null;
	/** The assignment on the desk; what belongs to it comes a moment after its id. */
	openId: string | null;
	assignment: Assignment | null;
	/** In the order of the file; null until read. */
	submissions: Submission[] | null;
	/** Why the last act or the stream failed; null while all is well. */
	error: unknown;
}

const nothingOpen = { openId: null, assignment: null, submissions: null } as const;

/** What the Grading screen shows. The truth is in the app; the functions below ask it and keep what it answered. */
export const useGrading = create<GradingState>(() => ({ assignments: null, ...nothingOpen, error: null }));

let stopWatching: (() => void) | null = null;

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
	useGrading.setState({ ...nothingOpen, openId: assignmentId, error: null });
	if (assignmentId !== null) stopWatching = watchAssignment(assignmentId);
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

/** Brings a removed assignment back to the list. */
export async function restoreAssignment(assignmentId: string): Promise<void> {
	await attempt(() => client.grading.restore({ assignmentId }));
	await readAssignments();
}

/** Changes the question, the key and the like. True when it was taken. */
export async function changeFields(assignmentId: string, fields: Partial<AssignmentFields>): Promise<boolean> {
	const assignment = await attempt(() => client.grading.change({ assignmentId, fields }));
	if (assignment === null) return false;
	useGrading.setState({ assignment });
	return true;
}

/** Queues the grading of what is not graded yet, or with `again` of everything. */
export async function startGrading(assignmentId: string, modelId: string, adapter: AttachedAdapter | null, again: boolean): Promise<void> {
	const assignment = await attempt(() => client.grading.start({ assignmentId, modelId, adapter, again }));
	if (assignment !== null) useGrading.setState({ assignment });
}

/** Pauses, resumes or cancels the running grading; what is graded stays. */
export async function steerJob(act: 'pause' | 'resume' | 'cancel', jobId: string): Promise<void> {
	await attempt(() => client.jobs[act]({ jobId }));
}

/** Writes the teacher's mark. True when it was kept. */
export async function setMark(submissionId: string, score: number, feedback: string): Promise<boolean> {
	return keepSubmission(() => client.grading.setMark({ submissionId, score, feedback }));
}

/** Takes the teacher's mark away, so that the proposal counts again. True when it was done. */
export async function clearMark(submissionId: string): Promise<boolean> {
	return keepSubmission(() => client.grading.clearMark({ submissionId }));
}

/** Asks for the graded table as a document to save; null when it failed. */
export async function exportTable(assignmentId: string): Promise<Outputs['grading']['export'] | null> {
	return attempt(() => client.grading.export({ assignmentId }));
}

/** Puts the last failure away. */
export function forgetError(): void {
	useGrading.setState({ error: null });
}

/**
 * Follows one assignment. Each time the stream is opened anew all submissions are read again, as changes may have been
 * missed; those that come while reading are newer than what is read and are laid over it.
 */
function watchAssignment(assignmentId: string): () => void {
	let cameWhileReading: Submission[] | null = null;
	return watchStream(
		(signal) => client.grading.watch({ assignmentId }, { signal }),
		({ assignment, changed }, { isFirst }) => {
			useGrading.setState({ assignment });
			if (isFirst) void readSubmissions();
			cameWhileReading?.push(...changed);
			if (changed.length > 0) useGrading.setState(({ submissions }) => ({ submissions: submissions && mergeSubmissions(submissions, changed) }));
		},
		{ onError: (error) => useGrading.setState({ error }) },
	);

	async function readSubmissions(): Promise<void> {
		const came: Submission[] = [];
		cameWhileReading = came;
		const read = await attempt(() => client.grading.submissions({ assignmentId }));
		if (cameWhileReading !== came) return;
		cameWhileReading = null;
		if (read === null || useGrading.getState().openId !== assignmentId) return;
		useGrading.setState({ submissions: mergeSubmissions(read, came) });
	}
}

async function keepSubmission(work: () => Promise<Submission>): Promise<boolean> {
	const submission = await attempt(work);
	if (submission === null) return false;
	useGrading.setState(({ submissions }) => ({ submissions: submissions && mergeSubmissions(submissions, [submission]) }));
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
