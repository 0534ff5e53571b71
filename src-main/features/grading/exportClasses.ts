import type { Store } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { classNameOf, ofAnswers, questionOf, readAnswers, readCells, readPast, readQuestions } from './gradingRows.ts';
import { answer, assignment } from './schema.ts';

/** Students that are read at once, with all that was ever said of their answers. */
const sliceStudents = 50;

/** All classes of an owner, hidden ones too, to take away: their students are read some at a time, when they are written. */
export function* exportClasses(store: Store, ownerId: string): Generator<unknown> {
	const own = store.select().from(assignment).where(owned(assignment, ownerId)).orderBy(assignment.createdAt).all();
	for (const row of own) {
		const { ownerId: _ownerId, classId: _classId, ...shown } = row;
		const questions = readQuestions(store, ownerId, row.id).map(questionOf);
		yield { ...shown, className: classNameOf(store, row), questions, submissions: exportSubmissions(store, ownerId, row.id) };
	}
}

/** Each student's answers with all that was proposed and settled for them, newest first. */
function* exportSubmissions(store: Store, ownerId: string, assignmentId: string): Generator<unknown> {
	const students = [...readCells(store, ownerId, assignmentId)];
	const ids = store.select({ id: answer.id, submissionId: answer.submissionId }).from(answer).where(ofAnswers(ownerId, assignmentId)).all();
	const idsOf = Map.groupBy(ids, ({ submissionId }) => submissionId);
	for (let from = 0; from < students.length; from += sliceStudents) {
		const slice = students.slice(from, from + sliceStudents);
		const chosen = { ids: slice.flatMap(([submissionId]) => idsOf.get(submissionId) ?? []).map(({ id }) => id) };
		const answers = Map.groupBy(readAnswers(store, ownerId, assignmentId, chosen), ({ submissionId }) => submissionId);
		const past = readPast(store, ownerId, assignmentId, chosen);
		const proposals = Map.groupBy(past.proposals, ({ answerId }) => answerId);
		const marks = Map.groupBy(past.marks, ({ answerId }) => answerId);
		const earlierTexts = Map.groupBy(past.texts, ({ answerId }) => answerId);
		const withPast = (id: string) => ({
			proposals: (proposals.get(id) ?? []).map(withoutAnswer),
			marks: (marks.get(id) ?? []).map(withoutAnswer),
			earlierTexts: (earlierTexts.get(id) ?? []).map(withoutAnswer),
		});
		for (const [submissionId, student] of slice)
			yield { ...student, answers: (answers.get(submissionId) ?? []).map((each) => ({ ...each, ...withPast(each.id) })) };
	}
}

function withoutAnswer<Row extends { answerId: string }>({ answerId: _answerId, ...row }: Row) {
	return row;
}
