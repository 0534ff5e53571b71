import type { AnswerMapping } from '#contract/answerMapping.ts';
import { answersIn } from './answersIn.ts';

const questionName = /question|item|task|prompt|题/i;
const answerName = /answer|response|essay|text|答/i;

/** The mapping of the same table as another layout: who a student is stays, and the answers stand where they most likely do. */
export function withLayout(mapping: AnswerMapping | null, layout: AnswerMapping['layout'], columns: readonly string[]): AnswerMapping {
	const { studentId, studentNames, studentClass } = mapping ?? { studentId: null, studentNames: [], studentClass: null };
	const who = { studentId, studentNames, studentClass };
	const taken = new Set([studentId, studentClass, ...studentNames]);
	const free = columns.filter((column) => !taken.has(column));
	const [first = columns[0] ?? ''] = free;
	if (layout === 'wide') return { layout, ...who, answers: mapping?.layout === 'wide' ? mapping.answers : answersIn([mapping?.answer ?? first], []) };
	if (mapping?.layout === 'long') return mapping;
	const question = free.find((column) => questionName.test(column)) ?? first;
	const others = free.filter((column) => column !== question);
	const before = mapping?.answers.map(({ column }) => column).find((column) => column !== question);
	return { layout, ...who, question, answer: before ?? others.find((column) => answerName.test(column)) ?? others[0] ?? question, points: null };
}
