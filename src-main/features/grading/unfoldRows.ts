import type { KeptClass } from './gradedClassOf.ts';

interface HandedIn {
	row: number;
	studentId: string;
	studentName: string;
	cells: string[];
	moreRows: readonly { row: number; cells: string[] }[];
}

/** What stands for whichever question a row is about: only what its answer got is written. */
const only = { id: 'only', name: '', text: '', key: '', points: 100, check: { kind: 'none' as const }, rubric: [] };

/**
 * The rows of a table that has one for each answer, in its order, each as if it were a student with one question.
 *
 * An answer that was put together from several rows stands in the first of them; the others get no marks.
 */
export function unfoldRows(kept: KeptClass, handedIn: ReadonlyMap<string, HandedIn>, rowOfAnswer: ReadonlyMap<string, number>): KeptClass {
	const rows = [...handedIn.values()].flatMap(({ row, cells, moreRows, studentId, studentName }) =>
		[{ row, cells }, ...moreRows].map((each) => ({ ...each, studentId, studentName })),
	);
	const answers = kept.answers.flatMap((answer) => {
		const row = rowOfAnswer.get(answer.id);
		return row === undefined ? [] : [{ ...answer, submissionId: String(row), questionId: only.id }];
	});
	return { ...kept, questions: [only], students: new Map(rows.sort((a, b) => a.row - b.row).map((row) => [String(row.row), row])), answers };
}
