import type { Answer, Proposal, Question } from '#contract/grading.ts';

/** An answer of the student in this row of the table, as it is before anybody looked at it, but for what is said. */
export function answerOf(row: number, change: Partial<Answer> = {}): Answer {
	return {
		id: `a${row}`,
		questionId: 'q',
		submissionId: `s${row}`,
		row,
		studentId: `${row}`,
		studentName: '',
		text: 'a',
		status: 'waiting',
		proposal: null,
		mark: null,
		secondMark: null,
		failure: null,
		...change,
	};
}

/** A graded answer with a proposal of so many points, of 10. */
export function gradedOf(row: number, points: number, change: Partial<Proposal> = {}, rest: Partial<Answer> = {}): Answer {
	const proposal: Proposal = {
		points,
		outOf: 10,
		verdicts: [],
		feedback: 'f',
		suggestions: [],
		confidence: 0.9,
		doubts: [],
		decidedBy: 'model',
		isOutdated: false,
		modelName: 'm',
		tokens: 1,
		charged: null,
		createdAt: 1,
		...change,
	};
	return answerOf(row, { status: 'graded', proposal, ...rest });
}

/** A mark as a teacher writes it. */
export const markOf = (points: number, levels: Record<string, string> = {}) => ({ points, levels, feedback: 'f', accepted: false, updatedAt: 1 });

/** A question of 3 points: what is said (2, 1 or 0), and a unit (1 or 0). */
export const question: Question = {
	id: 'q',
	name: 'Q1',
	text: 'Why?',
	key: '',
	points: 3,
	check: { kind: 'none' },
	rubric: [
		{
			id: 'why',
			kind: 'levels',
			name: 'Reason',
			description: '',
			byCheck: false,
			levels: [
				{ id: 'full', name: 'Full', description: '', points: 2 },
				{ id: 'half', name: 'Half', description: '', points: 0.75 },
				{ id: 'none', name: 'None', description: '', points: 0 },
			],
		},
		{
			id: 'unit',
			kind: 'mustHave',
			name: 'Unit',
			description: '',
			byCheck: false,
			levels: [
				{ id: 'yes', name: 'There', description: '', points: 1 },
				{ id: 'no', name: 'Missing', description: '', points: 0 },
			],
		},
	],
};
