import type { AdditionNote } from '#contract/addition.ts';
import type { MappedStudent } from '../intake/mapAnswers.ts';
import type { AddedStudent } from './keptRows.ts';
import { type Match, matchStudents } from './matchStudents.ts';

/** A student of a class, with what they answered by the places of the questions. */
export interface ThereStudent {
	number: string;
	name: string;
	answers: ReadonlyMap<number, { id: string; text: string }>;
}

/** An answer of a student of the class that is empty, or says something else than what is added. `student` is their place in the class. */
export interface ChangedAnswer {
	student: number;
	/** The place of its question. */
	at: number;
	answerId: string;
	before: string;
	text: string;
	/** The row that it stands in where it comes from. */
	row: number;
	added: AddedStudent;
}

/** What an addition does to a class. */
export interface AdditionPlan {
	newcomers: AddedStudent[];
	known: number;
	filled: ChangedAnswer[];
	differing: ChangedAnswer[];
	same: number;
	leftOut: number;
	notes: AdditionNote[];
}

/** What is added: who answered what, under which columns, and for each of its questions the place of the one of the class that it is. */
export interface AddedAnswers {
	columns: readonly string[];
	students: readonly MappedStudent[];
	/** Null: it is none of the class's. */
	places: readonly (number | null)[];
	/** They came as files, of which the first column has the names. */
	isFiles: boolean;
}

/**
 * Compares what is added with what a class has. What is not there is filled in and nothing is ever emptied; every answer that is added is one of a
 * newcomer's, filled, differing, the same, or of somebody who is left out, which is noted.
 */
export function planAddition(there: readonly ThereStudent[], { columns, students, places, isFiles }: AddedAnswers): AdditionPlan {
	const plan: AdditionPlan = { newcomers: [], known: 0, filled: [], differing: [], same: 0, leftOut: 0, notes: [] };
	const matches = matchStudents(there, students);
	for (const [index, student] of students.entries()) {
		const match = matches[index];
		if (!match) continue;
		const added = { columns, student, answers: answersByPlace(student, places) };
		const code = codeOf(match);
		const otherName = match.kind === 'known' && match.nameDiffers ? (there[match.place]?.name ?? '') : '';
		const fileName = isFiles ? (student.cells[0] ?? '') : null;
		if (code) plan.notes.push({ code, row: student.row, fileName, number: student.number, name: student.name, otherName });
		if (match.kind === 'new') plan.newcomers.push(added);
		else if (match.kind === 'known') compare(plan, there[match.place], match.place, added);
		else plan.leftOut++;
	}
	return plan;
}

function compare(plan: AdditionPlan, known: ThereStudent | undefined, student: number, added: AddedStudent): void {
	plan.known++;
	for (const [at, { text, row }] of added.answers) {
		const answer = known?.answers.get(at);
		if (!answer) continue;
		const change = { student, at, answerId: answer.id, before: answer.text, text, row, added };
		if (answer.text.trim() === '') plan.filled.push(change);
		else if (isSame(answer.text, text)) plan.same++;
		else plan.differing.push(change);
	}
}

function codeOf(match: Match): AdditionNote['code'] | null {
	if (match.kind === 'several' || match.kind === 'repeated') return match.kind;
	if (match.kind === 'new') return match.nameKnown ? 'nameKnown' : null;
	return match.nameDiffers ? 'nameDiffers' : null;
}

function answersByPlace({ row, answers, rows }: MappedStudent, places: readonly (number | null)[]): AddedStudent['answers'] {
	const placed = [...answers].flatMap(([question, text]) => {
		const at = places[question] ?? null;
		return at === null || text.trim() === '' ? [] : [[at, { text, row: rows.get(question) ?? row }] as const];
	});
	return new Map(placed.sort(([a], [b]) => a - b));
}

/** Line ends and the spaces at the ends of lines say nothing: a table that was saved by another program has others. */
function isSame(one: string, other: string): boolean {
	const fold = (text: string) =>
		text
			.normalize('NFC')
			.replaceAll(/[^\S\n]*\r?\n|\r/g, '\n')
			.trim();
	return fold(one) === fold(other);
}
