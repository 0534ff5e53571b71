import type { AnswerMapping } from '#contract/answerMapping.ts';
import { mapAnswers } from '../intake/mapAnswers.ts';
import type { KeptRows } from './keptRows.ts';

/** What the questions go by: the heading of each one's column or, in a table with a row for each answer, what the rows call it. */
export function headingsOf(columns: string[], mapping: AnswerMapping, submissions: Iterable<KeptRows>): string[] {
	if (mapping.layout === 'wide') return mapping.answers.map(({ column }) => column);
	const rows = [...submissions].flatMap(({ row: first, cells, moreRows }) => [{ row: first, cells }, ...moreRows]).sort((a, b) => a.row - b.row);
	return mapAnswers({ columns, rows }, mapping).questions.map(({ heading }) => heading);
}
