import { expect, test } from 'vitest';
import type { Answer } from '#contract/grading.ts';
import { gradedClassOf } from './gradedClassOf.ts';

test('the statistics of a sheet do not call marked what is only proposed', () => {
	const kept = { title: 'c', subject: '', gradeLevel: '', above: [], columns: [], questions: [], students: new Map(), answers: [] };
	const third = (counting: 'settled' | 'all', language: 'en' | 'zh') => gradedClassOf(kept, counting, language).statistics?.header[2];
	expect([third('settled', 'en'), third('all', 'en')]).toEqual(['Marked', 'Marked or proposed']);
	expect(third('all', 'zh')).not.toBe(third('settled', 'zh'));
});

test('a student sees no word of a model that the teacher has not let stand', () => {
	const asked = { id: 'q', name: '1', text: 'Why?', key: '', points: 4, check: { kind: 'none' as const }, rubric: [] };
	const proposal: NonNullable<Answer['proposal']> = {
		...{ points: 2, outOf: 4, verdicts: [], feedback: 'Half of it.', suggestions: ['Read it again.'], confidence: 0.9, doubts: [], decidedBy: 'model' },
		...{ modelName: 'Tiny', tokens: 9, charged: null, isOutdated: false, createdAt: 5 },
	};
	const mark = { points: 4, levels: {}, feedback: 'Well seen.', accepted: false, updatedAt: 9 };
	const seen = (of: Partial<NonNullable<Answer['mark']>> | null) => {
		const answer: Answer = {
			...{ id: 'a', submissionId: 's', questionId: 'q', studentId: '', studentName: '', row: 2, text: 'So.', status: 'graded', failure: null },
			...{ mark: of && { ...mark, ...of }, secondMark: null, proposal },
		};
		const students = new Map([['s', { row: 2, studentId: '', studentName: 'Ada', cells: [] }]]);
		const kept = { title: 'c', subject: '', gradeLevel: '', above: [], columns: [], questions: [asked], students, answers: [answer] };
		return gradedClassOf(kept, 'all', 'en').students[0]?.answers[0]?.suggestions;
	};
	expect([seen(null), seen({ accepted: true }), seen({ feedback: 'Half of it.' })]).toEqual([['Read it again.'], ['Read it again.'], ['Read it again.']]);
	expect([seen({}), seen({ updatedAt: 4, feedback: 'Half of it.' })]).toEqual([[], []]);
});
