import { setTimeout } from 'node:timers/promises';
import { type AnswerMapping, answerMapping } from '#contract/answerMapping.ts';
import { failure } from '#contract/errors.ts';
import type { TablePreview } from '#contract/grading.ts';
import { invalidTable } from '../../../platform/csv/invalidTable.ts';
import type { DocumentReader } from '../../../platform/documents/DocumentReader.ts';
import type { AnswerPiles } from './AnswerPiles.ts';
import { classesOf } from './classesOf.ts';
import { groupProblems } from './groupProblems.ts';
import { doubtHeader, guessLayout, tableOriginOf } from './guessLayout.ts';
import { type MappedAnswers, type MappedQuestion, type MappedStudent, mapAnswers } from './mapAnswers.ts';
import { answerFileColumns, type FileAnswers, readAnswerFiles } from './readAnswerFiles.ts';
import { type AnswerTable, type AnswerTableOrder, readAnswerTable } from './readAnswerTable.ts';

/** What a class handed in: a table, or a pile of files (AnswerPiles.ts) of which each is a student's. */
export type AnswerSource = AnswerTableOrder | { pileId: string };

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
/** How long what was read of files is kept between the look at it and the assignment that is made of it, and how much in UTF-16 units, of all people together. */
const keptMs = 30 * 60_000;
const mostKept = 20_000_000;

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
	readonly #kept = new Map<string, { pile: string; answers: FileAnswers; characters: number; at: number }>();
	/** The files that were sent and are no assignment yet. */
	readonly piles: AnswerPiles;

	constructor(documents: Pick<DocumentReader, 'read'>, piles: AnswerPiles, now: () => number = Date.now) {
		this.#documents = documents;
		this.piles = piles;
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

	/** Reads a pile of files; what was read is kept for a while, for the assignment to be made of it. Throws NOT_FOUND, and what `readAnswerFiles` does. */
	async *previewFiles(ownerId: string, pileId: string, signal?: AbortSignal): AsyncGenerator<FilesStep> {
		const left = new AbortController();
		const files = this.piles.files(ownerId, pileId).length;
		let read = 0;
		const reading = this.#readFiles(ownerId, pileId, {
			onRead: (count) => {
				read = count;
			},
			signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
		});
		try {
			for (;;) {
				const answers = await Promise.race([reading, setTimeout(tellEveryMs, null)]);
				if (answers === null) yield { read, files };
				else {
					yield { preview: previewOf(answers, files) };
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
		if ('pileId' in source) {
			const { students, questions } = await this.#readFiles(ownerId, source.pileId, {});
			this.#kept.delete(ownerId);
			const issues = [{ path: 'source.pileId', message: 'No name of these files says whose it is.' }];
			if (students.length === 0) throw failure('INVALID_INPUT', { issues });
			return { header: [...answerFileColumns], mapping: fileMapping, students, questions };
		}
		const table = await readAnswerTable(source, this.#documents);
		const { students, questions } = mapWithinLimits(table, mapping);
		if (students.length === 0) throw invalidTable('noAnswers', { row: 2 });
		return { header: table.header, mapping, students, questions };
	}

	async #readFiles(ownerId: string, pileId: string, options: Parameters<typeof readAnswerFiles>[2]): Promise<FileAnswers> {
		const files = this.piles.files(ownerId, pileId);
		// A pile only grows.
		const pile = `${pileId} ${files.length}`;
		const before = this.#kept.get(ownerId);
		if (before?.pile === pile && before.at > this.#now() - keptMs) return before.answers;
		const answers = await readAnswerFiles(files, this.#documents, options);
		this.#kept.delete(ownerId);
		this.#kept.set(ownerId, { pile, answers, characters: charactersOf(answers), at: this.#now() });
		this.#forgetOldest();
		return answers;
	}

	#forgetOldest(): void {
		let left = [...this.#kept.values()].reduce((sum, { characters }) => sum + characters, 0);
		for (const [oldest, { characters, at }] of this.#kept) {
			if (left <= mostKept && at > this.#now() - keptMs) return;
			this.#kept.delete(oldest);
			left -= characters;
		}
	}
}

function charactersOf({ students }: FileAnswers): number {
	return students.flatMap(({ answers }) => [...answers.values()]).reduce((sum, { length }) => sum + length, 0);
}

function mapWithinLimits(table: AnswerTable, mapping: AnswerMapping): MappedAnswers {
	const mapped = mapAnswers(table, mapping);
	const { students, questions } = mapped;
	const column = mapping.layout === 'long' ? mapping.question : null;
	const answers = students.length * questions.length;
	if (questions.length > mostQuestions) throw invalidTable('tooManyQuestions', { column, found: questions.length, limit: mostQuestions });
	if (answers > mostAnswers) throw invalidTable('tooManyAnswers', { column, found: answers, limit: mostAnswers });
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
