/** The languages that sheets are written in. */
export type SheetLanguage = 'en' | 'zh';

/**
 * A class with what was settled about it, as everything that is given out is written from.
 *
 * It holds what may be shown and nothing else: which mark wins, and what a student may see, is decided before.
 */
export interface GradedClass {
	title: string;
	subject: string;
	gradeLevel: string;
	/** Of the words that the sheet itself brings; what people wrote stays in theirs. */
	language: SheetLanguage;
	/** What stood above the header of the imported table, row for row; left out where nothing did. */
	above?: string[][];
	/** How the table was written that came; left out where it was no text. */
	written?: WrittenTable;
	/** The header of the table as it was imported. */
	columns: string[];
	questions: SheetQuestion[];
	students: SheetStudent[];
	/** Where the imported table had a row for each answer: its rows in their order, each as if it were a student who was asked one question. */
	table?: Pick<GradedClass, 'questions' | 'students'>;
	/** Figures of the class: the last sheet of a workbook, and part of the JSON. */
	statistics?: { header: string[]; rows: (string | number | null)[][] };
}

/** How a table was written as text, so that it can be given back the same. */
export interface WrittenTable {
	/** By the name `TextDecoder` has for it. */
	encoding: string;
	delimiter: string;
	lineEnd: '\r\n' | '\n' | '\r';
	/** It began with a byte order mark. */
	hasMark: boolean;
	/** Its numbers have a decimal comma. */
	hasComma: boolean;
}

export interface SheetQuestion {
	id: string;
	name: string;
	text: string;
	/** The most that it can earn. */
	points: number;
	/** Empty where it was judged as a whole. */
	criteria: { id: string; name: string; levels: { id: string; name: string; points: number }[] }[];
}

export interface SheetStudent {
	/** Row of the imported table, as a spreadsheet counts. */
	row: number;
	number: string;
	name: string;
	/** What the table held in this row, in the order of `columns`. */
	cells: string[];
	/** Null until every answer that counts is settled. */
	total: number | null;
	outOf: number;
	answers: SheetAnswer[];
}

/** One student's answer to one question. Nothing is settled as long as `points` is null; then no verdict and no feedback is given out. */
export interface SheetAnswer {
	questionId: string;
	text: string;
	points: number | null;
	decidedBy: 'teacher' | 'model' | 'check' | null;
	/** Whose proposal it was, where a model decided. */
	modelName: string | null;
	verdicts: SheetVerdict[];
	feedback: string;
	suggestions: string[];
}

export interface SheetVerdict {
	criterionId: string;
	levelName: string;
	points: number;
	quote: string | null;
	/** Where the quote stands in `text`, in UTF-16 units; null where there is none. */
	place: { start: number; end: number } | null;
	reason: string;
}
