import { columnNames } from '../../../platform/csv/columnNames.ts';
import type { Store } from '../../../platform/database/openDatabase.ts';
import { ownedIn } from '../../../platform/database/owned.ts';
import { type AssignmentRow, ofAnswers, type QuestionRow, readAssignment, readQuestions } from '../gradingRows.ts';
import { answer, assignment, submission } from '../schema.ts';
import { headingsOf } from './headingsOf.ts';
import type { KeptTable } from './keptRows.ts';
import type { AskedQuestion } from './placeQuestions.ts';
import type { ThereStudent } from './planAddition.ts';

type SubmissionRow = Pick<typeof submission.$inferSelect, 'id' | 'row' | 'studentId' | 'studentName' | 'cells' | 'moreRows'>;
type AnswerRow = Pick<typeof answer.$inferSelect, 'id' | 'submissionId' | 'questionId' | 'row' | 'text' | 'status' | 'failure' | 'additionId'>;

/** A class as something is added to it: its questions, its students with what they answered, and its table. */
export class StandingClass {
	readonly row: AssignmentRow;
	readonly questions: QuestionRow[];
	/** In the order of the table. */
	readonly submissions: SubmissionRow[];
	readonly answers: ReadonlyMap<string, AnswerRow>;
	readonly table: KeptTable;

	/** Reads it. Throws NOT_FOUND where it is hidden or another's. */
	static read(store: Store, ownerId: string, assignmentId: string): StandingClass {
		const row = readAssignment(store, ownerId, assignmentId);
		const { id, row: at, studentId, studentName, cells, moreRows } = submission;
		const submissions = store
			.select({ id, row: at, studentId, studentName, cells, moreRows })
			.from(submission)
			.where(ownedIn(submission.assignmentId, assignment, ownerId, assignmentId))
			.orderBy(submission.row)
			.all();
		const answers = store.select(answerColumns).from(answer).where(ofAnswers(ownerId, assignmentId)).all();
		return new StandingClass(row, readQuestions(store, ownerId, assignmentId), submissions, answers);
	}

	private constructor(row: AssignmentRow, questions: QuestionRow[], submissions: SubmissionRow[], answers: AnswerRow[]) {
		this.row = row;
		this.questions = questions;
		this.submissions = submissions;
		this.answers = new Map(answers.map((each) => [each.id, each]));
		const columns = columnNames(row.columns);
		this.table = { columns, mapping: row.mapping, headings: headingsOf(columns, row.mapping, submissions) };
	}

	/** Its questions with what they go by in its table. */
	get asked(): AskedQuestion[] {
		return this.questions.map(({ id, name, text }, at) => ({ id, name, text, heading: this.table.headings[at] ?? '' }));
	}

	/** Its students, in the order of its submissions. */
	get students(): ThereStudent[] {
		const place = new Map(this.questions.map(({ id }, at) => [id, at]));
		const bySubmission = Map.groupBy(this.answers.values(), ({ submissionId }) => submissionId);
		return this.submissions.map(({ id, studentId, studentName }) => {
			const own = bySubmission.get(id) ?? [];
			return { number: studentId, name: studentName, answers: new Map(own.map((each) => [place.get(each.questionId) ?? -1, each])) };
		});
	}

	/** The first row behind all of its table. */
	get nextRow(): number {
		return 1 + this.submissions.reduce((last, { row, moreRows }) => moreRows.reduce((most, each) => Math.max(most, each.row), Math.max(last, row)), 1);
	}
}

const { id, submissionId, questionId, row, text, status, failure, additionId } = answer;
const answerColumns = { id, submissionId, questionId, row, text, status, failure, additionId };
