import type { AnswerMapping } from '#contract/answerMapping.ts';

/**
 * The mapping of a table that is added to a class: columns that are headed as those of the class are the same, and for the rest `guess` counts, which
 * is all there is where no column of answers is.
 */
export function mappingLike(kept: AnswerMapping, columns: readonly string[], guess: AnswerMapping | null): AnswerMapping | null {
	const there = new Set(columns);
	const has = (column: string | null): column is string => column !== null && there.has(column);
	const only = (column: string | null) => (has(column) ? column : null);
	const who = (used: readonly string[]) => {
		const from = has(kept.studentId) || kept.studentNames.some(has) ? kept : (guess ?? kept);
		const free = (column: string | null) => (has(column) && !used.includes(column) ? column : null);
		return {
			studentId: free(from.studentId),
			studentNames: from.studentNames.filter((column) => free(column) !== null),
			studentClass: free(from.studentClass),
		};
	};
	if (kept.layout === 'long') {
		if (!has(kept.question) || !has(kept.answer)) return guess;
		return { ...kept, ...who([kept.question, kept.answer]), points: only(kept.points) };
	}
	const answers = kept.answers.filter(({ column }) => has(column));
	if (answers.length === 0) return guess;
	const used = answers.map(({ column }) => column);
	return {
		layout: 'wide',
		...who(used),
		answers: answers.map((answer) => ({ ...answer, textColumn: only(answer.textColumn), keyColumn: only(answer.keyColumn) })),
	};
}
