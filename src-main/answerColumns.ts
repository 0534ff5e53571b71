import { guessLayout } from './features/grading/intake/guessLayout.ts';
import type { TableRow } from './platform/csv/readTable.ts';

export { findHeader, lastHeaderRow } from './features/grading/intake/findHeader.ts';

/** A column that holds answers, and those that hold what was asked and what is right, where the table has them. */
interface AnswerColumns {
	answer: string;
	question: string | null;
	key: string | null;
}

const sampleRows = 20;

/** The columns that hold answers, for the command line, as the screen guesses them of the same table. None where nothing looks like one. */
export function answerColumnsOf(columns: readonly string[], rows: readonly TableRow[]): AnswerColumns[] {
	const layout = guessLayout(
		columns,
		rows.slice(0, sampleRows).map(({ cells }) => columns.map((_, index) => cells[index] ?? '')),
	);
	if (layout === null) return [];
	if (layout.layout === 'long') return [{ answer: layout.answer, question: layout.question, key: null }];
	return layout.answers.map(({ column, textColumn, keyColumn }) => ({ answer: column, question: textColumn, key: keyColumn }));
}
