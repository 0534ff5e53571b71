import type { Answer, Question } from '#contract/grading.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { ExampleChooser } from './agreement/ExampleChooser.ts';
import { readAnswers } from './gradingRows.ts';
import { type MarkedQuestion, writeMark } from './markedTurns.ts';

/** As many as are shown of answers that a teacher marked: more take room in the model's context and help little. */
export const mostExamples = 3;

/** Longer answers, in UTF-16 units, are no examples: two of them would fill a model's context. */
const longestExample = 4000;
/** Of a question; more take long to be compared and hardly bring a nearer one. */
const mostMarked = 200;

/** An answer that a teacher marked, and the mark in the form that the model has to answer in. */
interface MarkedAnswer {
	id: string;
	text: string;
	points: number;
	grade: string;
}

/** What a teacher settled on before a job began, to be shown to the model beside answers that are like it. */
export class TeachersMarks {
	readonly #byQuestion: ReadonlyMap<string, ExampleChooser<MarkedAnswer>>;

	constructor(store: Store, ownerId: string, assignmentId: string, questions: readonly (Question & MarkedQuestion)[]) {
		this.#byQuestion = new Map(
			questions.map((question) => {
				const answers = readAnswers(store, ownerId, assignmentId, { questionId: question.id });
				const marked = answers.flatMap((each) => markedAnswer(question, each));
				return [question.id, new ExampleChooser(marked.slice(0, mostMarked))];
			}),
		);
	}

	/** The marked answers to a question that are most like one of its answers, never that one itself. */
	nearest({ id, questionId, text }: Pick<Answer, 'id' | 'questionId' | 'text'>): { answer: string; grade: string }[] {
		const nearest = this.#byQuestion.get(questionId)?.nearest({ id, text }, mostExamples) ?? [];
		return nearest.map((example) => ({ answer: example.text, grade: example.grade }));
	}
}

function markedAnswer(question: MarkedQuestion, { id, text, mark, proposal }: Answer): MarkedAnswer[] {
	// What was taken over unread says what the model thinks, not what the teacher does.
	if (mark === null || mark.accepted || text.trim() === '' || text.length > longestExample) return [];
	const grade = writeMark(question, mark, proposal);
	return grade === null ? [] : [{ id, text, points: mark.points, grade }];
}
