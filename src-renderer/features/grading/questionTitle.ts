import type { Assignment, Question } from '#contract/grading.ts';

const longestTitle = 120;

/**
 * What a question is called on the desk: by its name beside others; alone, when that is only the heading of a column, by the first line of what
 * it asks, or by the assignment's title where that says nothing.
 */
export function questionTitle(
	{ name, text }: Pick<Question, 'name' | 'text'>,
	{ title, questions }: Pick<Assignment, 'title'> & { questions: readonly unknown[] },
): string {
	if (questions.length > 1) return name;
	const [first = ''] = text.trim().split('\n');
	const line = first.trim();
	if (line === '') return title;
	return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line;
}
