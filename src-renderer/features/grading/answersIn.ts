import type { MappedAnswer } from '#contract/answerMapping.ts';

const longestName = 40;

/** The answers in these columns, of which each is a question; what was known of one of `before` stays. */
export function answersIn(columns: readonly string[], before: readonly MappedAnswer[]): MappedAnswer[] {
	const known = new Map(before.map((answer) => [answer.column, answer]));
	return columns.map(
		(column) => known.get(column) ?? { column, questionName: shorten(column), questionText: '', textColumn: null, keyColumn: null, points: null },
	);
}

function shorten(column: string): string {
	return column.length > longestName ? `${column.slice(0, longestName - 1).trimEnd()}…` : column;
}
