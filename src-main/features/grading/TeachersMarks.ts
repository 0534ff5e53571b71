import type { Answer, Question } from '#contract/grading.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import type { AnswerVectors, MeaningModel } from './AnswerVectors.ts';
import { ExampleChooser } from './agreement/ExampleChooser.ts';
import type { AnswerVector } from './agreement/likenessIndex.ts';
import { normaliseAnswer } from './agreement/normaliseAnswer.ts';
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

type VectorOf = (text: string, questionId: string) => Promise<AnswerVector>;

/** What a teacher settled on before a job began, to be shown to the model beside answers that are like it. */
export class TeachersMarks {
	readonly #byQuestion: ReadonlyMap<string, ExampleChooser<MarkedAnswer>>;

	readonly #vectorOf: VectorOf;

	/** Reads the marks. By the vectors of a model that was found to know like answers better than characters do, where one is loaded. */
	static async read(
		tools: { db: Store; vectors: AnswerVectors },
		ownerId: string,
		assignmentId: string,
		questions: readonly (Question & MarkedQuestion)[],
		signal: AbortSignal,
	) {
		const models = new Map<string, MeaningModel>();
		const choosers = new Map<string, ExampleChooser<MarkedAnswer>>();
		for (const question of questions) {
			const answers = readAnswers(tools.db, ownerId, assignmentId, { questionId: question.id });
			const marked = answers.flatMap((each) => markedAnswer(question, each)).slice(0, mostMarked);
			const texts = marked.map(({ text }) => text);
			const model = await tools.vectors.find(ownerId, texts, { untried: false }, signal);
			const vectors = model && (await tools.vectors.of(ownerId, model.modelId, texts, signal).catch(() => null));
			if (model && vectors) models.set(question.id, model);
			choosers.set(question.id, new ExampleChooser(marked, vectors));
		}
		return new TeachersMarks(choosers, async (text, questionId) => {
			const model = models.get(questionId);
			// Without it they are compared by their characters, which is no reason to give up a grade.
			const vectors = model && (await tools.vectors.of(ownerId, model.modelId, [text], signal).catch(() => null));
			return vectors?.get(normaliseAnswer(text)) ?? null;
		});
	}

	private constructor(byQuestion: ReadonlyMap<string, ExampleChooser<MarkedAnswer>>, vectorOf: VectorOf) {
		this.#byQuestion = byQuestion;
		this.#vectorOf = vectorOf;
	}

	/** The marked answers to a question that are most like one of its answers, never that one itself. */
	async nearest({ id, questionId, text }: Pick<Answer, 'id' | 'questionId' | 'text'>): Promise<{ answer: string; grade: string }[]> {
		const nearest = this.#byQuestion.get(questionId)?.nearest({ id, text }, mostExamples, await this.#vectorOf(text, questionId)) ?? [];
		return nearest.map((example) => ({ answer: example.text, grade: example.grade }));
	}
}

function markedAnswer(question: MarkedQuestion, { id, text, mark, proposal }: Answer): MarkedAnswer[] {
	// What was taken over unread says what the model thinks, not what the teacher does.
	if (mark === null || mark.accepted || text.trim() === '' || text.length > longestExample) return [];
	const grade = writeMark(question, mark, proposal);
	return grade === null ? [] : [{ id, text, points: mark.points, grade }];
}
