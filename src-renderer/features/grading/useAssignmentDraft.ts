import { useState } from 'react';
import type { Outputs } from '#contract/contract.ts';
import type { Assignment, AssignmentFields, Question } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { forgetActs } from './deskActs.ts';
import { titleOf } from './newAssignmentStore.ts';
import { draftOf, type QuestionDraft, readQuestion } from './questionDraft.ts';

/** What becomes of the marks of a question where it is worth something else. */
export interface QuestionMarks {
	name: string;
	marks: Outputs['grading']['marksAfter'];
}

/**
 * What an assignment and its questions are changed to, until it is saved. Only what was changed is sent, question for question; where one is
 * refused, those before it are kept and it can be saved again.
 */
export function useAssignmentDraft(assignment: Assignment) {
	const [fields, setFields] = useState<AssignmentFields>(() => fieldsOf(assignment));
	const [questions, setQuestions] = useState<QuestionDraft[]>(() => assignment.questions.map(draftOf));
	const [isSaving, setSaving] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const changedAt = assignment.questions.filter((question, at) => JSON.stringify(draftOf(question)) !== JSON.stringify(asKept(questions[at])));
	const isFieldChanged = JSON.stringify(fields) !== JSON.stringify(fieldsOf(assignment));
	const changeQuestion = (at: number, change: (draft: QuestionDraft) => QuestionDraft) =>
		setQuestions((before) => before.map((draft, place) => (place === at ? change(draft) : draft)));

	/** What saving would make of marks there are, question for question; null where it could not be asked. */
	const marksAfter = async (): Promise<QuestionMarks[] | null> => {
		setSaving(true);
		setError(null);
		try {
			const following = await Promise.all(changedAt.map(async (question) => ({ name: question.name, marks: await askMarks(question) })));
			return following.filter(({ marks }) => marks.length > 0);
		} catch (thrown) {
			setError(thrown);
			return null;
		} finally {
			setSaving(false);
		}
	};
	const askMarks = async (question: Question) => {
		const read = readOf(question);
		return read ? client.grading.marksAfter({ assignmentId: assignment.id, questionId: question.id, fields: read }) : [];
	};
	const save = async (): Promise<boolean> => {
		setSaving(true);
		setError(null);
		try {
			for (const question of changedAt) await saveQuestion(question);
			// What was done before would be put back by what the questions were worth then.
			if (changedAt.length > 0) forgetActs();
			if (isFieldChanged) await client.grading.change({ assignmentId: assignment.id, fields: { ...fields, title: titleOf(fields, questions) } });
			return true;
		} catch (thrown) {
			setError(thrown);
			return false;
		} finally {
			setSaving(false);
		}
	};
	const readOf = (question: Question) => {
		const draft = questions[assignment.questions.indexOf(question)];
		return draft ? readQuestion(draft) : null;
	};
	const saveQuestion = async (question: Question) => {
		const read = readOf(question);
		if (read) await client.grading.changeQuestion({ assignmentId: assignment.id, questionId: question.id, fields: read });
	};
	return {
		...{ fields, questions, isSaving, error, changeQuestion, marksAfter, save },
		isQuestionChanged: changedAt.length > 0,
		isChanged: changedAt.length > 0 || isFieldChanged,
		isReady: questions.every((draft) => readQuestion(draft) !== null),
		changeFields: (change: Partial<AssignmentFields>) => setFields((before) => ({ ...before, ...change })),
		setPointsOfAll: (points: number) => setQuestions((before) => before.map((draft) => ({ ...draft, points }))),
	};
}

function fieldsOf({ title, className, subject, gradeLevel, feedbackLanguage, blind }: Assignment): AssignmentFields {
	return { title, className, subject, gradeLevel, feedbackLanguage, blind };
}

/** The draft without what only the screen knows. */
function asKept(draft: QuestionDraft | undefined): QuestionDraft | undefined {
	return draft && { ...draftOf(draft) };
}
