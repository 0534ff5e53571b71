import { randomUUID } from 'node:crypto';
import type { Tx } from '../../platform/database/openDatabase.ts';
import type { MappedStudent } from './intake/mapAnswers.ts';
import { answer, submission } from './schema.ts';

/** How many rows are written with one statement. */
const rowsAtOnce = 500;

/** Writes what these students handed in, with an answer to each question, also where it is empty, and the addition that they came with. */
export function insertStudents(
	tx: Tx,
	asked: readonly { id: string; assignmentId: string }[],
	students: readonly MappedStudent[],
	additionId: string | null = null,
): void {
	for (let at = 0; at < students.length; at += rowsAtOnce) insertSome(tx, asked, students.slice(at, at + rowsAtOnce), additionId);
}

function insertSome(tx: Tx, asked: readonly { id: string; assignmentId: string }[], students: readonly MappedStudent[], additionId: string | null): void {
	const assignmentId = asked[0]?.assignmentId ?? '';
	const handedIn = students.map((student) => ({ id: randomUUID(), student }));
	const submissions = handedIn.map(({ id, student: { row, number, name, cells, moreRows } }) => {
		return { id, assignmentId, row, studentId: number, studentName: name, cells, moreRows, additionId };
	});
	tx.insert(submission).values(submissions).run();
	const answers = handedIn.flatMap(({ id: submissionId, student }) =>
		asked.map(({ id: questionId }, of) => {
			return { id: randomUUID(), assignmentId, submissionId, questionId, row: student.rows.get(of) ?? null, text: student.answers.get(of) ?? '', additionId };
		}),
	);
	for (let from = 0; from < answers.length; from += rowsAtOnce)
		tx.insert(answer)
			.values(answers.slice(from, from + rowsAtOnce))
			.run();
}
