import type { AnswerMapping, AnswerProblem } from '#contract/answerMapping.ts';
import type { TableRow } from '../../../platform/csv/readTable.ts';
import { answerText } from './answerText.ts';
import type { MarkupColumns } from './MarkupColumns.ts';
import type { MappedAnswers, MappedQuestion, MappedStudent, RowReading } from './mapAnswers.ts';
import { textOfHeading } from './textOfHeading.ts';

type Long = Extract<AnswerMapping, { layout: 'long' }>;

/** Gathers the students and questions of a table that has a row for each answer, in the order in which they first come. */
export class LongRows {
	readonly #mapping: Long;
	readonly #at: { question: number; answer: number; points: number };
	readonly #who: (row: TableRow) => MappedStudent;
	readonly #markup: MarkupColumns;
	readonly #students = new Map<string, MappedStudent>();
	readonly #questions = new Map<string, MappedQuestion & { index: number }>();
	readonly #problems: AnswerProblem[] = [];

	constructor(mapping: Long, { at, who, markup }: RowReading) {
		this.#mapping = mapping;
		this.#at = { question: at(mapping.question), answer: at(mapping.answer), points: mapping.points === null ? -1 : at(mapping.points) };
		this.#who = who;
		this.#markup = markup;
	}

	read(rows: readonly TableRow[]): MappedAnswers {
		this.#problems.push(...this.#markup.problems(this.#at.answer, this.#mapping.answer));
		for (const row of rows) this.#take(row);
		const questions = [...this.#questions.values()].map(({ heading, name, text, key, points }) => ({ heading, name, text, key, points }));
		return { students: [...this.#students.values()], questions, problems: this.#problems };
	}

	#take(row: TableRow): void {
		const student = this.#studentOf(row);
		const question = this.#questionOf(row);
		const text = answerText(row.cells[this.#at.answer] ?? '', this.#markup.has(this.#at.answer));
		if (text === '') {
			this.#tell(row, this.#mapping.answer, 'emptyAnswer');
			return;
		}
		const earlier = student.answers.get(question);
		if (earlier !== undefined) this.#tell(row, this.#mapping.answer, 'duplicateAnswer', `${student.rows.get(question)}`);
		student.answers.set(question, earlier === undefined ? text : `${earlier}\n\n${text}`);
		if (earlier === undefined) student.rows.set(question, row.row);
	}

	/** Students without a number are told apart by their names; a row with neither is a student of its own. */
	#studentOf(row: TableRow): MappedStudent {
		const student = this.#who(row);
		if (student.number === '' && this.#mapping.studentId !== null) this.#tell(row, this.#mapping.studentId, 'missingId');
		const key = student.number !== '' ? `number ${student.number}` : student.name !== '' ? `name ${student.name}` : `row ${row.row}`;
		const known = this.#students.get(key);
		if (known) known.moreRows.push({ row: row.row, cells: row.cells });
		else this.#students.set(key, student);
		return known ?? student;
	}

	#questionOf(row: TableRow): number {
		const text = answerText(row.cells[this.#at.question] ?? '', this.#markup.has(this.#at.question)).trim();
		if (text === '') this.#tell(row, this.#mapping.question, 'questionMissing');
		const known = this.#questions.get(text);
		if (known) return known.index;
		const points = Number.parseFloat((row.cells[this.#at.points] ?? '').replace(',', '.'));
		const index = this.#questions.size;
		const isShort = text.length <= 40;
		const name = text === '' ? String(index + 1) : isShort ? text : `${index + 1}`;
		this.#questions.set(text, {
			index,
			heading: text,
			name,
			text: isShort ? textOfHeading(text) : text,
			key: '',
			points: Number.isFinite(points) && points >= 0 ? points : null,
		});
		return index;
	}

	#tell(row: TableRow, column: string, code: AnswerProblem['code'], detail = ''): void {
		this.#problems.push({ row: row.row, column, code, detail });
	}
}
