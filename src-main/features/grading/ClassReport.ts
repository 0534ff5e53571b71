import type { ClassStatistics, Counting, LikeAnswers, QuestionAgreement, QuestionMistakes, SheetForm, Unprintable, Unsettled } from '#contract/classReport.ts';
import type { Answer } from '#contract/grading.ts';
import { columnNames } from '../../platform/csv/columnNames.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { headingsOf } from './addition/headingsOf.ts';
import { findDrift } from './agreement/findDrift.ts';
import { compareMarkers } from './compareMarkers.ts';
import { compareWithTeacher } from './compareWithTeacher.ts';
import { classStatistics, countUnsettled, questionMistakes } from './countClass.ts';
import { gradedClassOf } from './gradedClassOf.ts';
import { questionOf, readAnswers, readAssignment, readCells, readQuestion, readQuestions, readRowsOfAnswers } from './gradingRows.ts';
import type { LikeGroups } from './LikeGroups.ts';
import type { SheetLanguage } from './sheets/GradedClass.ts';
import { runSheetWorker } from './sheets/runSheetWorker.ts';
import { type WrittenSheet, writeSheet } from './sheets/writeSheet.ts';
import { unfoldRows } from './unfoldRows.ts';

/** What can be said of a class that was graded, and given out of it. It reads, and changes nothing. Another's assignment is NOT_FOUND. */
export class ClassReport {
	readonly #db: Db;
	readonly #sheetWorker: string;
	readonly #groups: LikeGroups;

	/** `sheetWorker` is the program of the thread that writes files (sheetWorker.ts). */
	constructor({ db, groups, sheetWorker }: { db: Db; groups: LikeGroups; sheetWorker: string }) {
		this.#db = db;
		this.#groups = groups;
		this.#sheetWorker = sheetWorker;
	}

	/** How well the proposals for a question agree with the teacher's own marks, and those of two markers with one another. */
	agreement(ownerId: string, assignmentId: string, questionId: string): QuestionAgreement {
		const { question, answers } = this.#read(ownerId, assignmentId, questionId);
		return { ...compareWithTeacher(question, answers), markers: compareMarkers(question, answers) };
	}

	/** How the class and its questions did. */
	statistics(ownerId: string, assignmentId: string, counting?: Counting): ClassStatistics {
		readAssignment(this.#db, ownerId, assignmentId);
		const questions = readQuestions(this.#db, ownerId, assignmentId).map(questionOf);
		return classStatistics(questions, readAnswers(this.#db, ownerId, assignmentId), counting);
	}

	/** What many got wrong in a question. */
	mistakes(ownerId: string, assignmentId: string, questionId: string, counting?: Counting): QuestionMistakes {
		const { question, answers } = this.#read(ownerId, assignmentId, questionId);
		return questionMistakes(question, answers, this.#groups.of({ ownerId, assignmentId, questionId }, answers).groups, counting);
	}

	/** Which answers to a question are alike, and where the teacher marked such ones unlike one another. */
	likeAnswers(ownerId: string, assignmentId: string, questionId: string): LikeAnswers {
		const { answers } = this.#read(ownerId, assignmentId, questionId);
		const { groups, onlyEqual, comparedBy } = this.#groups.of({ ownerId, assignmentId, questionId }, answers);
		const settled = new Map(answers.flatMap(({ id, mark }) => (mark ? [[id, mark.points] as const] : [])));
		return { groups, drift: findDrift(groups, settled), onlyEqual, comparedBy };
	}

	/** What of the class goes out without a mark, if it does. */
	unsettled(ownerId: string, assignmentId: string): Unsettled {
		readAssignment(this.#db, ownerId, assignmentId);
		return countUnsettled(readAnswers(this.#db, ownerId, assignmentId));
	}

	/** Writes the class as a file. Of what was not settled, proposals are given out only where all that is there counts. */
	async export(
		ownerId: string,
		assignmentId: string,
		{ form, language, counting }: { form: SheetForm; language: SheetLanguage; counting: Counting },
		signal?: AbortSignal,
	): Promise<WrittenSheet> {
		const { mapping, ...kept } = this.#readClass(ownerId, assignmentId);
		const graded = gradedClassOf(kept, counting, language);
		// A table that had a row for each answer is given back so.
		const isUnfolded = mapping.layout === 'long' && (form === 'csv' || form === 'xlsx');
		const columns = columnNames(kept.columns);
		const table = isUnfolded && { columns, mapping, headings: headingsOf(columns, mapping, kept.students.values()) };
		const rows = table && unfoldRows(kept, table, kept.students, readRowsOfAnswers(this.#db, ownerId, assignmentId));
		const { written } = mapping;
		return writeSheet(
			{ ...graded, ...(written && { written }), ...(rows && { table: gradedClassOf(rows, counting, language) }) },
			form,
			this.#sheetWorker,
			signal,
		);
	}

	/** What a PDF of the feedback could not print. It is found out in the thread that writes files, within a second also for a large class. */
	async unprintable(ownerId: string, assignmentId: string, counting: Counting, signal?: AbortSignal): Promise<Unprintable> {
		// The language is that of the sheet's own words, all of which can be printed.
		const graded = gradedClassOf(this.#readClass(ownerId, assignmentId), counting, 'en');
		const reply = await runSheetWorker({ graded, form: null }, this.#sheetWorker, signal);
		if (reply.kind !== 'found') throw new Error(`the writing thread answered a question with ${reply.kind}`);
		return reply.unprintable;
	}

	#readClass(ownerId: string, assignmentId: string) {
		const { title, subject, gradeLevel, columns, mapping } = readAssignment(this.#db, ownerId, assignmentId);
		const students = readCells(this.#db, ownerId, assignmentId);
		const questions = readQuestions(this.#db, ownerId, assignmentId).map(questionOf);
		const answers = readAnswers(this.#db, ownerId, assignmentId);
		return { title, subject, gradeLevel, above: mapping.above ?? [], columns, questions, students, answers, mapping };
	}

	#read(ownerId: string, assignmentId: string, questionId: string): { question: ReturnType<typeof questionOf>; answers: Answer[] } {
		readAssignment(this.#db, ownerId, assignmentId);
		const question = questionOf(readQuestion(this.#db, ownerId, assignmentId, questionId));
		return { question, answers: readAnswers(this.#db, ownerId, assignmentId, { questionId }) };
	}
}
