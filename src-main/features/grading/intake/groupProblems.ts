import type { AnswerProblem, FileProblem } from '#contract/answerMapping.ts';
import { type ProblemGroup, type ProblemPlace, problemCode } from '#contract/grading.ts';
import type { TableOddity } from '../../../platform/csv/readTable.ts';

/** Something odd, in a table or about a file. */
export type Problem = AnswerProblem | FileProblem | TableOddity | (Omit<AnswerProblem, 'code'> & { code: 'headerDoubtful' });

/** How many places of a kind of problem are named; how many there are is always told. */
const mostPlaces = 100;

/** What keeps whole answers from being read comes first, and what is as it should be, though somebody may want to know, last. */
const last: readonly ProblemGroup['code'][] = ['severalFiles', 'formulas', 'otherClass', 'htmlRead', 'notAStudent', 'notAnAnswer', 'emptyAnswer'];

/** Puts problems of a kind together, each with its places in the order of the table or of the files. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
	const groups = new Map<ProblemGroup['code'], ProblemGroup>();
	const sorted = problems.toSorted((a, b) => ('row' in a && 'row' in b ? a.row - b.row : 0));
	for (const problem of sorted) {
		const group = groups.get(problem.code) ?? { code: problem.code, count: 0, places: [] };
		group.count++;
		if (group.places.length < mostPlaces) group.places.push(placeOf(problem));
		groups.set(problem.code, group);
	}
	return [...groups.values()].sort((a, b) => last.indexOf(a.code) - last.indexOf(b.code) || order.indexOf(a.code) - order.indexOf(b.code));
}

const order: readonly ProblemGroup['code'][] = problemCode.options;

function placeOf(problem: Problem): ProblemPlace {
	const detail = problem.detail.slice(0, 500);
	if ('fileName' in problem) return { row: null, column: null, fileName: problem.fileName, detail };
	return { row: problem.row, column: problem.column, fileName: null, detail };
}
