import { join } from 'node:path';
import pino from 'pino';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { AssignmentFields, QuestionFields } from '#contract/grading.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { openDocumentReader } from '../../platform/documents/openDocumentReader.test-support.ts';
import { JobRunner } from '../../platform/jobs/JobRunner.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { type AdapterShelf, Engine, noAdapters } from '../engine/engine.ts';
import { LedgerStage } from '../ledger/openLedger.test-support.ts';
import { Library } from '../library/library.ts';
import { writeTestModel } from '../library/testModel.ts';
import type { Asked } from './gradePrompt.ts';
import { Grading, type GradingOrder } from './grading.ts';

/** For tests: grading with everything real around it, on a data folder that may have been used before. The jobs are not started yet. */
export async function openGradingStage(folder: string, adapters: AdapterShelf = noAdapters) {
	process.env.HOMEROOM_GPU = 'off';
	const log = pino({ level: 'silent' });
	const paths = resolvePaths({ dataFolder: folder });
	const database = openDatabase({ file: paths.database, migrationsFolder: paths.migrations, log });
	const { db } = database;
	const jobs = new JobRunner({ db, log });
	// Accounts that may use no model.
	const barred = new Set<string>();
	const { models: modelsFolder, uploads: uploadsFolder, downloads: downloadsFolder, demo: demoFile, inspectWorker, sumWorker } = paths;
	const library = new Library({ db, jobs, modelsFolder, uploadsFolder, downloadsFolder, demoFile, inspectWorker, sumWorker, log, isInUse: () => false });
	const engine = new Engine({
		library,
		usableBy: (accountId) => () => !barred.has(accountId),
		log,
		node: paths.node,
		hostEntry: paths.engineHost,
		settings: () => ({ threads: 1, idleUnloadMs: null }),
	});
	// Ann and Bob are not metered; Mia pays.
	const pay = new LedgerStage(db, { ann: 'admin', bob: 'admin', mia: 'user' });
	const { ledger } = pay;
	const documents = openDocumentReader();
	const grading = new Grading({
		db,
		engine,
		library,
		jobs,
		ledger,
		adapters,
		documents,
		answersFolder: paths.answers,
		promptsFolder: join(paths.resources, 'prompts'),
		sheetWorker: paths.sheetWorker,
		log,
	});
	const modelFile = join(folder, 'homeroom-test-model.gguf');
	const known = library.list().find(({ path }) => path === modelFile);
	if (!known) await writeTestModel(modelFile);
	const model = known ?? (await library.importPath('ann', modelFile, 'inPlace')).models[0];
	if (!model) throw new Error('the model was not taken in');
	return {
		db,
		log,
		library,
		engine,
		jobs,
		pay,
		grading,
		model,
		barred,
		/** What app.ts has the ledger do at a start. */
		recover() {
			pay.ledger.recover((hold) => grading.isAlive(hold));
		},
		async close() {
			await jobs.close();
			await documents.close();
			await engine.close();
			database.close();
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
