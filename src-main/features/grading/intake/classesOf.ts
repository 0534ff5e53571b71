import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { AnswerRows } from './mapAnswers.ts';

const mostClasses = 100;

/** The classes or sections that a table names in the column that is mapped to them, the one with the most rows first. */
export function classesOf({ columns, rows }: AnswerRows, { studentClass }: AnswerMapping): string[] {
	const index = studentClass === null ? -1 : columns.indexOf(studentClass);
	const counts = new Map<string, number>();
	for (const { cells } of rows) {
		const name = cells[index]?.trim() ?? '';
		if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([name]) => name)
		.slice(0, mostClasses);
}
