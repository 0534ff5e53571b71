import { type AnswerMapping, answerMapping } from '#contract/answerMapping.ts';
import { failure } from '#contract/errors.ts';
import type { TablePreview } from '#contract/grading.ts';
import { invalidTable } from '../../../platform/csv/invalidTable.ts';
import type { DocumentReader } from '../../../platform/documents/DocumentReader.ts';
import { tellSteps } from '../../../platform/rpc/tellSteps.ts';
import type { WrittenTable } from '../sheets/GradedClass.ts';
import type { AnswerPiles } from './AnswerPiles.ts';
import { classesOf } from './classesOf.ts';
import { filesInArchive } from './filesInArchive.ts';
import { lastHeaderRow } from './findHeader.ts';
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
	/** What stood above the header, row for row. */
	above: string[][];
	/** How it was written; null where it came from no text. */
	written: WrittenTable | null;
	header: string[];
	mapping: AnswerMapping;
	students: MappedStudent[];
	questions: MappedQuestion[];
}

const sampleRows = 20;
const sampleCharacters = 300;
const rowCharacters = 80;
const mostQuestions = 200;
/** More than a school year of a large course; the tables of the app are made for it. */
export const mostAnswers = 100_000;
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

/** The mapping of a table with these columns, by who knows more of it than what it looks like. */
type BetterGuess = (columns: readonly string[], guess: AnswerMapping | null) => AnswerMapping | null;

/** How files are read: who hears how many of how many are, and what ends it. */
interface FilesReading {
	onRead?: (read: number, files: number) => void;
	signal?: AbortSignal;
}

/** Reads what classes hand in, for a look at it and to be kept. */
export class AnswerIntake {
	readonly #documents: Pick<DocumentReader, 'read'>;
	readonly #now: () => number;
	/** By their owners, the oldest first. */
	readonly #kept = new Map<string, { pile: string; files: number; answers: FileAnswers; characters: number; at: number }>();
	/** The files that were sent and are no assignment yet. */
	readonly piles: AnswerPiles;

	constructor(documents: Pick<DocumentReader, 'read'>, piles: AnswerPiles, now: () => number = Date.now) {
		this.#documents = documents;
		this.piles = piles;
		this.#now = now;
	}

	/**
	 * Reads a table, with a guess of the mapping where none is given, which `better` may know more of, and tells every problem. Throws what
	 * `readAnswerTable` and `mapAnswers` do.
	 */
	async preview(order: AnswerTableOrder, wished?: AnswerMapping, better: BetterGuess = (_columns, guess) => guess): Promise<TablePreview> {
		const table = await readAnswerTable(order, this.#documents);
		const { encoding, delimiter, sheets, sheet, headerRow, columns, rows, problems } = table;
		const sample = rows.slice(0, sampleRows).map(({ cells }) => columns.map((_, index) => cells[index] ?? ''));
		const mapping = wished ?? better(columns, guessLayout(columns, sample));
		const mapped: MappedAnswers = mapping === null ? { students: [], questions: [], problems: [] } : mapWithinLimits(table, mapping);
		return {
			...{ encoding, delimiter, sheets, sheet, headerRow, columns, sample, mapping },
			firstRows: firstRowsOf(table),
			origin: tableOriginOf(columns),
			rowCount: rows.length,
			studentCount: mapped.students.length,
			classes: mapping === null ? [] : classesOf(table, mapping),
			questions: mapped.questions.map(shownQuestion),
			problems: groupProblems([...doubtHeader(columns, headerRow), ...problems, ...mapped.problems]),
		};
	}

	/** Reads a pile of files; what was read is kept for a while, for the assignment to be made of it. Throws NOT_FOUND, and what `readAnswerFiles` does. */
	async *previewFiles(ownerId: string, pileId: string, signal?: AbortSignal): AsyncGenerator<FilesStep> {
		const preview = async (onStep: (step: FilesStep) => void, ended: AbortSignal): Promise<FilesStep> => {
			const { answers, files } = await this.#readFiles(ownerId, pileId, { onRead: (read, files) => onStep({ read, files }), signal: ended });
			return { preview: previewOf(answers, files) };
		};
		yield* tellSteps(preview, { read: 0, files: this.piles.files(ownerId, pileId).length }, signal);
	}

	/** Reads a class to be kept. Throws CSV_INVALID where no row, or INVALID_INPUT where no file, is a student's. */
	async read(ownerId: string, source: AnswerSource, mapping: AnswerMapping): Promise<ReadClass> {
		if ('pileId' in source) {
			const { students, questions } = (await this.#readFiles(ownerId, source.pileId, {})).answers;
			const issues = [{ path: 'source.pileId', message: 'No name of these files says whose it is.' }];
			if (students.length === 0) throw failure('INVALID_INPUT', { issues });
			return { above: [], written: null, header: [...answerFileColumns], mapping: fileMapping, students, questions };
		}
		const table = await readAnswerTable(source, this.#documents);
		const { students, questions } = mapWithinLimits(table, mapping);
		if (students.length === 0) throw invalidTable('noAnswers', { row: table.headerRow + 1 });
		return { above: rowsAbove(table), written: writtenTable(table), header: table.header, mapping, students, questions };
	}

	/** Forgets what was handed in: it is kept now. */
	drop(ownerId: string, source: AnswerSource): void {
		if (!('pileId' in source)) return;
		this.#kept.delete(ownerId);
		this.piles.drop(ownerId, source.pileId);
	}

	async #readFiles(ownerId: string, pileId: string, { onRead, signal }: FilesReading): Promise<{ answers: FileAnswers; files: number }> {
		const piled = this.piles.files(ownerId, pileId);
		// A pile only grows.
		const pile = `${pileId} ${piled.length}`;
		const before = this.#kept.get(ownerId);
		if (before?.pile === pile && before.at > this.#now() - keptMs) return before;
		const archive = await this.piles.archive(ownerId, pileId);
		try {
			const handedIn = archive === null ? piled : filesInArchive(archive, piled[0]?.fileName ?? '');
			const files = handedIn.length;
			const answers = await readAnswerFiles(handedIn, this.#documents, { onRead: (read) => onRead?.(read, files), ...(signal && { signal }) });
			this.#kept.delete(ownerId);
			this.#kept.set(ownerId, { pile, files, answers, characters: charactersOf(answers), at: this.#now() });
			this.#forgetOldest();
			return { answers, files };
		} finally {
			archive?.close();
		}
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

/** The rows among which the header is, with the beginning of what is in each. */
function firstRowsOf({ above, headerRow, header, rows }: AnswerTable): TablePreview['firstRows'] {
	return [...above, { row: headerRow, cells: header }, ...rows]
		.slice(0, lastHeaderRow)
		.filter(({ row }) => row <= Math.max(lastHeaderRow, headerRow))
		.map(({ row, cells }) => ({ row, text: textOfRow(cells) }));
}

function textOfRow(cells: readonly string[]): string {
	const text = cells
		.map((cell) => cell.slice(0, rowCharacters).replace(/\s+/g, ' ').trim())
		.filter((cell) => cell !== '')
		.join(' | ');
	return text.length > rowCharacters ? `${text.slice(0, rowCharacters - 1).toWellFormed()}…` : text;
}

/** Row for row with the blank ones, unless thousands of those stand there. */
function rowsAbove({ above, headerRow }: AnswerTable): string[][] {
	if (headerRow > lastHeaderRow) return above.map(({ cells }) => cells);
	const cellsOf = new Map(above.map(({ row, cells }) => [row, cells]));
	return Array.from({ length: headerRow - 1 }, (_, index) => cellsOf.get(index + 1) ?? []);
}

/**
 * How the table was written; what was pasted goes out as spreadsheets read it without being asked. Its decimal sign is the comma where more of its numbers
 * have one, or, where none says it, semicolons part its cells.
 */
function writtenTable({ encoding, delimiter, written, rows }: AnswerTable): WrittenTable | null {
	if (encoding === '') return null;
	const cells = rows.flatMap((row) => row.cells.map((cell) => cell.trim()));
	const countOf = (form: RegExp) => cells.filter((cell) => form.test(cell)).length;
	const [commas, points] = [countOf(/^[+-]?\d+,\d+%?$/), countOf(/^[+-]?\d+\.\d+%?$/)];
	const hasComma = delimiter !== ',' && (commas === points ? delimiter === ';' : commas > points);
	return { encoding, delimiter, ...(written ?? { lineEnd: '\r\n', hasMark: true }), hasComma };
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
		...{ encoding: '', delimiter: '', sheets: [], sheet: null, headerRow: 1, firstRows: [], origin: null, classes: [] },
		columns: [...answerFileColumns, answerColumn],
		sample: sample.map(({ cells, answers }) => [...cells, (answers.get(0) ?? '').slice(0, sampleCharacters)]),
		rowCount: files,
		studentCount: students.length,
		mapping: fileMapping,
		questions: questions.map(shownQuestion),
		problems: groupProblems(problems),
	};
}
