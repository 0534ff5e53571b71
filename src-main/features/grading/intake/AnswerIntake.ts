import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type AnswerMapping, answerMapping } from '#contract/answerMapping.ts';
import { failure } from '#contract/errors.ts';
import type { TablePreview } from '#contract/grading.ts';
import type { DocumentInput, DocumentReader } from '../../../platform/documents/DocumentReader.ts';
import { classesOf } from './classesOf.ts';
import { groupProblems } from './groupProblems.ts';
import { doubtHeader, guessLayout, tableOriginOf } from './guessLayout.ts';
import { type MappedAnswers, type MappedQuestion, type MappedStudent, mapAnswers } from './mapAnswers.ts';
import { answerFileColumns, type FileAnswers, readAnswerFiles } from './readAnswerFiles.ts';
import { type AnswerTable, type AnswerTableOrder, readAnswerTable } from './readAnswerTable.ts';

/** What a class handed in: a table, or files of which each is a student's. */
export type AnswerSource = AnswerTableOrder | { files: readonly DocumentInput[] };

/** What is read of files: how many so far, and at the end what they hold. */
export type FilesStep = { read: number; files: number } | { preview: TablePreview };

/** A class as it is kept: the columns of its table, who answered what in it, and by which mapping. */
export interface ReadClass {
	header: string[];
	mapping: AnswerMapping;
	students: MappedStudent[];
	questions: MappedQuestion[];
}

const sampleRows = 20;
const sampleCharacters = 300;
const mostQuestions = 200;
/** More than a school year of a large course; the tables of the app are made for it. */
const mostAnswers = 100_000;
const tellEveryMs = 200;
/** How long, and of how many people at once, what was read of files is kept between the look at it and the assignment that is made of it. */
const keptMs = 30 * 60_000;
const mostKept = 4;

const answerColumn = 'Answer';
const [, numberColumn = '', nameColumn = ''] = answerFileColumns;
/** Files have columns of our own. */
const fileMapping: AnswerMapping = answerMapping.parse({
	layout: 'wide',
	studentId: numberColumn,
	studentNames: [nameColumn],
	answers: [{ column: answerColumn, questionName: '1' }],
});

/** Reads what classes hand in, for a look at it and to be kept. */
export class AnswerIntake {
	readonly #documents: Pick<DocumentReader, 'read'>;
	readonly #now: () => number;
	/** By their owners, the oldest first. */
	readonly #kept = new Map<string, { digest: string; answers: FileAnswers; at: number }>();

	constructor(documents: Pick<DocumentReader, 'read'>, now: () => number = Date.now) {
		this.#documents = documents;
		this.#now = now;
	}

	/** Reads a table, with a guess of the mapping where none is given, and tells every problem. Throws what `readAnswerTable` and `mapAnswers` do. */
	async preview(order: AnswerTableOrder, wished?: AnswerMapping): Promise<TablePreview> {
		const table = await readAnswerTable(order, this.#documents);
		const { encoding, delimiter, sheets, sheet, columns, rows, problems } = table;
		const sample = rows.slice(0, sampleRows).map(({ cells }) => columns.map((_, index) => cells[index] ?? ''));
		const mapping = wished ?? guessLayout(columns, sample);
		const mapped: MappedAnswers = mapping === null ? { students: [], questions: [], problems: [] } : mapWithinLimits(table, mapping);
		return {
			...{ encoding, delimiter, sheets, sheet, columns, sample, mapping },
			origin: tableOriginOf(columns),
			rowCount: rows.length,
			studentCount: mapped.students.length,
			classes: mapping === null ? [] : classesOf(table, mapping),
			questions: mapped.questions.map(shownQuestion),
			problems: groupProblems([...doubtHeader(columns), ...problems, ...mapped.problems]),
		};
	}

	/** Reads files; what was read is kept for a while, for the assignment to be made of it. Throws what `readAnswerFiles` does. */
	async *previewFiles(ownerId: string, files: readonly DocumentInput[], signal?: AbortSignal): AsyncGenerator<FilesStep> {
		const left = new AbortController();
		let read = 0;
		const reading = this.#readFiles(ownerId, files, {
			onRead: (count) => {
				read = count;
			},
			signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
		});
		try {
			for (;;) {
				const answers = await Promise.race([reading, setTimeout(tellEveryMs, null)]);
				if (answers === null) yield { read, files: files.length };
				else {
					yield { preview: previewOf(answers, files.length) };
					return;
				}
			}
		} finally {
			// Whoever stops listening early wants no more to be read; that it then ends without a result is as it should be.
			reading.catch(() => undefined);
			left.abort();
		}
	}

	/** Reads a class to be kept. Throws CSV_INVALID where no row, or INVALID_INPUT where no file, is a student's. */
	async read(ownerId: string, source: AnswerSource, mapping: AnswerMapping): Promise<ReadClass> {
		if ('files' in source) {
			const { students, questions } = await this.#readFiles(ownerId, source.files, {});
			const issues = [{ path: 'source.files', message: 'No name of these files says whose it is.' }];
			if (students.length === 0) throw failure('INVALID_INPUT', { issues });
			return { header: [...answerFileColumns], mapping: fileMapping, students, questions };
		}
		const table = await readAnswerTable(source, this.#documents);
		const { students, questions } = mapWithinLimits(table, mapping);
		if (students.length === 0) throw failure('CSV_INVALID', { row: 2, column: null, reason: 'Under the header there is no row with an answer.' });
		return { header: table.header, mapping, students, questions };
	}

	async #readFiles(ownerId: string, files: readonly DocumentInput[], options: Parameters<typeof readAnswerFiles>[2]): Promise<FileAnswers> {
		const digest = digestOf(files);
		const before = this.#kept.get(ownerId);
		if (before?.digest === digest && before.at > this.#now() - keptMs) return before.answers;
		const answers = await readAnswerFiles(files, this.#documents, options);
		this.#kept.delete(ownerId);
		this.#kept.set(ownerId, { digest, answers, at: this.#now() });
		for (const oldest of [...this.#kept.keys()].slice(0, -mostKept)) this.#kept.delete(oldest);
		return answers;
	}
}

function digestOf(files: readonly DocumentInput[]): string {
	const hash = createHash('sha256');
	for (const { fileName, bytes } of files) hash.update(JSON.stringify([fileName, bytes.length])).update(bytes);
	return hash.digest('base64');
}

function mapWithinLimits(table: AnswerTable, mapping: AnswerMapping): MappedAnswers {
	const mapped = mapAnswers(table, mapping);
	const { students, questions } = mapped;
	const column = mapping.layout === 'long' ? mapping.question : null;
	const tooMuch = (reason: string) => failure('CSV_INVALID', { row: 1, column, reason });
	if (questions.length > mostQuestions) {
		throw tooMuch(`There are ${questions.length} different questions by these columns, and ${mostQuestions} can be taken. Choose other columns.`);
	}
	if (students.length * questions.length > mostAnswers) {
		throw tooMuch(`These are ${students.length * questions.length} answers, and ${mostAnswers} can be taken at once. Split the table and take the parts.`);
	}
	return mapped;
}

function shownQuestion({ heading, name, text, key, points }: MappedQuestion) {
	return { heading, name, text: text.slice(0, 20_000), key: key.slice(0, 20_000), points };
}

function previewOf({ students, questions, problems }: FileAnswers, files: number): TablePreview {
	const sample = students.slice(0, sampleRows);
	return {
		...{ encoding: '', delimiter: '', sheets: [], sheet: null, origin: null, classes: [] },
		columns: [...answerFileColumns, answerColumn],
		sample: sample.map(({ cells, answers }) => [...cells, (answers.get(0) ?? '').slice(0, sampleCharacters)]),
		rowCount: files,
		studentCount: students.length,
		mapping: fileMapping,
		questions: questions.map(shownQuestion),
		problems: groupProblems(problems),
	};
}
