import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { AssignmentFields, QuestionFields } from '#contract/grading.ts';
import { openWorkStage } from '../../openWorkStage.test-support.ts';
import { openDocumentReader } from '../../platform/documents/openDocumentReader.test-support.ts';
import { type AdapterShelf, noAdapters } from '../engine/engine.ts';
import type { Asked } from './gradePrompt.ts';
import { Grading, type GradingOrder } from './grading.ts';

/** For tests: grading with everything real around it, on a data folder that may have been used before. The jobs are not started yet. */
export async function openGradingStage(folder: string, adapters: AdapterShelf = noAdapters) {
	const work = openWorkStage(folder);
	const { db, log, library, engine, jobs, pay, barred, paths, promptsFolder } = work;
	const documents = openDocumentReader();
	const grading = new Grading({
		...{ db, engine, library, jobs, ledger: pay.ledger, adapters, documents, promptsFolder, log },
		...{ loaded: (ownerId: string) => engine.deployments(ownerId), answersFolder: paths.answers, sheetWorker: paths.sheetWorker },
	});
	const model = await work.addModel();
	return {
		...{ db, log, library, engine, jobs, pay, grading, model, barred },
		/** What app.ts has the ledger do at a start. */
		recover() {
			pay.ledger.recover((hold) => grading.isAlive(hold));
		},
		async close() {
			await jobs.close();
			await documents.close();
			await work.close();
		},
	};
}

export const exampleFields: AssignmentFields = {
	title: 'Light: what is it?',
	className: '8a',
	subject: 'Physics',
	gradeLevel: 'Year 8',
	feedbackLanguage: 'auto',
	blind: false,
};

export const exampleQuestion: QuestionFields = {
	name: 'Light',
	text: 'What is light?',
	key: 'An electromagnetic wave.',
	points: 100,
	check: { kind: 'none' },
	rubric: [],
};

/** What is asked of a model by those. */
export const exampleAsked: Asked = {
	subject: exampleFields.subject,
	gradeLevel: exampleFields.gradeLevel,
	feedbackLanguage: exampleFields.feedbackLanguage,
	question: exampleQuestion.text,
	key: exampleQuestion.key,
	rubric: [],
};

/** To grade with a model what waits, or as `more` says. */
export function gradingOrder(modelId: string, more: Partial<GradingOrder> = {}): GradingOrder {
	return { modelId, adapter: null, scope: 'waiting', questionId: null, passes: 1, withMarks: false, ...more };
}

/** A table of so many answers, the ids of which begin with zeros. */
export function exampleTable(answers: number): string {
	const rows = Array.from(
		{ length: answers },
		(_, index) => `${String(index + 1).padStart(4, '0')},Student ${index + 1},"Light is a wave, number ${index + 1}."`,
	);
	return ['id,name,answer', ...rows].join('\r\n');
}

export const exampleMapping = mappingOf(['answer'], 'name');

/** The mapping of a table with a row for each student, whose numbers stand in `id`. */
export function mappingOf(columns: readonly string[], ...studentNames: string[]) {
	const answers = columns.map((column) => ({ column, questionName: column, questionText: '', textColumn: null, keyColumn: null, points: null }));
	return { layout: 'wide', studentId: 'id', studentNames, studentClass: null, answers } as const satisfies AnswerMapping;
}
