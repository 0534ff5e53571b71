import { beforeEach, expect, test, vi } from 'vitest';
import type { Answer, Mark } from '#contract/grading.ts';
import { gradedOf, markOf, question } from './answerOf.test-support.ts';
import { acceptProposal, chooseLevel, forgetActs, keepMark, takeOverAnew, undoLast } from './deskActs.ts';
import { setDraft, useDesk } from './deskStore.ts';
import { useGrading } from './gradingStore.ts';

/** The app's side: it keeps one answer's marks, and takes a moment for each. */
const app = vi.hoisted(() => ({ marks: [] as unknown[], keep: (_mark: unknown): unknown => null }));
vi.mock('../../rpc/client.ts', () => {
	const answered = async (mark: unknown) => {
		await new Promise((resolve) => setTimeout(resolve));
		app.marks.push(mark);
		return app.keep(mark);
	};
	const setMark = (order: { points?: number | null; levels: Record<string, string>; feedback?: string }) =>
		answered({ points: order.points ?? null, levels: order.levels, feedback: order.feedback ?? 'f' });
	const setMarks = async ({ marks }: { marks: unknown[] }) => void app.marks.push(...marks);
	return { client: { grading: { setMark, setMarks, clearMark: () => answered(null) } }, countBreaks: () => 0, whenConnected: async () => {} };
});

const verdict = (criterionId: string, levelId: string) => ({ criterionId, levelId, quote: null, place: null, reason: '', decidedBy: 'model' as const });
const answer = gradedOf(1, 1.75, { verdicts: [verdict('why', 'half'), verdict('unit', 'yes')] });

beforeEach(() => {
	useDesk.setState(useDesk.getInitialState(), true);
	forgetActs();
	app.marks = [];
	useGrading.setState({ answers: [answer] });
	app.keep = (mark) => {
		// What setMark and clearMark above hand on.
		const kept = mark as Omit<Mark, 'updatedAt'> | null;
		return { ...answer, mark: kept && { ...kept, points: kept.points ?? 0, updatedAt: 1 } } satisfies Answer;
	};
});

test('two levels that are chosen in a hurry are both in the mark, and each is taken back by itself', async () => {
	await Promise.all([chooseLevel(question, answer, 'first', 'why', 'full'), chooseLevel(question, answer, 'first', 'unit', 'no')]);
	expect(useGrading.getState().answers?.[0]?.mark?.levels).toEqual({ why: 'full', unit: 'no' });
	expect(useDesk.getState().drafts).toEqual({});
	await undoLast();
	expect(useGrading.getState().answers?.[0]?.mark?.levels).toEqual({ why: 'full', unit: 'yes' });
	await undoLast();
	expect(useGrading.getState().answers?.[0]?.mark).toBeNull();
	expect(await undoLast()).toBe(false);
});

test('what is still being kept is what is taken back', async () => {
	await chooseLevel(question, answer, 'first', 'why', 'full');
	const later = chooseLevel(question, answer, 'first', 'unit', 'no');
	await undoLast();
	await later;
	expect(useGrading.getState().answers?.[0]?.mark?.levels).toEqual({ why: 'full', unit: 'yes' });
});

test('a second marker starts from nothing: what is chosen waits until every criterion has a level', async () => {
	expect(await chooseLevel(question, answer, 'second', 'why', 'full')).toBe(false);
	expect(app.marks).toEqual([]);
	await chooseLevel(question, answer, 'second', 'unit', 'no');
	expect(app.marks).toEqual([{ points: null, levels: { why: 'full', unit: 'no' }, feedback: 'f' }]);
});

test('taking back an accepted proposal leaves the answer to review, and taking back a change the mark that was there', async () => {
	await acceptProposal(question, answer);
	await keepMark(question, answer, 'first', { points: 3, feedback: 'better' });
	await undoLast();
	expect(app.marks.at(-1)).toEqual({ points: 0, levels: { why: 'half', unit: 'yes' }, feedback: 'f' });
	await undoLast();
	expect(app.marks.at(-1)).toBeNull();
});

test('words that wait for points go with the proposal that is accepted', async () => {
	setDraft(`first ${answer.id}`, { levels: {}, feedback: 'Read it again.' });
	await acceptProposal(question, answer);
	expect(app.marks).toEqual([{ points: null, levels: { why: 'half', unit: 'yes' }, feedback: 'Read it again.' }]);
	expect(useDesk.getState().drafts).toEqual({});
});

test('what a proposal says that is hidden until the answer is marked does not become the teacher’s words', async () => {
	useDesk.setState({ calibration: { questionId: question.id, answerIds: [answer.id] } });
	await keepMark(question, answer, 'first', { points: 3, feedback: '' });
	useGrading.setState({ answers: [answer] });
	await chooseLevel(question, answer, 'first', 'why', 'full');
	await chooseLevel(question, answer, 'first', 'unit', 'no');
	expect(app.marks).toEqual([
		{ points: 3, levels: {}, feedback: '' },
		{ points: null, levels: { why: 'full', unit: 'no' }, feedback: '' },
	]);
});

test('an answer that has a mark is not accepted over it', async () => {
	expect(await acceptProposal(question, { ...answer, mark: markOf(0) })).toBe(false);
	expect(app.marks).toEqual([]);
});

test('what was typed stands where the proposal is accepted while it is being kept', async () => {
	const [isKept, isAccepted] = await Promise.all([keepMark(question, answer, 'first', { points: 2.5, feedback: 'mine' }), acceptProposal(question, answer)]);
	expect([isKept, isAccepted]).toEqual([true, false]);
	expect(useGrading.getState().answers?.[0]?.mark).toMatchObject({ points: 2.5, feedback: 'mine' });
});

test('new proposals are taken over in place of what earlier ones gave, in one act that is taken back as one', async () => {
	const before = { ...markOf(0, { why: 'none', unit: 'no' }), accepted: true };
	expect(await takeOverAnew({ id: 'c', questions: [question] }, [{ ...answer, mark: before }])).toBe(true);
	expect(app.marks).toEqual([{ answerId: answer.id, mark: { points: null, levels: { why: 'half', unit: 'yes' }, feedback: 'f', accepted: true } }]);
	await undoLast();
	expect(app.marks.at(-1)).toEqual({ answerId: answer.id, mark: { points: 0, levels: before.levels, feedback: 'f', accepted: true } });
	app.marks = [];
	expect(await acceptProposal(question, { ...answer, mark: before })).toBe(true);
});
