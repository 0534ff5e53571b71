import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Answer, Mark, Proposal } from '#contract/grading.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { gradeTurns, readGradePrompts } from './gradePrompt.ts';
import { readGrade, readRubricGrade } from './gradeSchema.ts';
import { markedTurns } from './markedTurns.ts';
import { exampleAsked } from './openGradingStage.test-support.ts';

const prompts = readGradePrompts(join(resolvePaths({}).resources, 'prompts'));
const waiting: Answer = {
	...{ id: 'a', questionId: 'q', submissionId: 's', row: 2, studentId: '', studentName: 'Kim', text: 'A wave.', status: 'waiting' },
	...{ proposal: null, mark: null, secondMark: null, failure: null },
};
const proposal: Proposal = {
	...{
		points: 40,
		outOf: 100,
		verdicts: [],
		feedback: 'By the model.',
		suggestions: ['Read on.', 'Draw it.'],
		confidence: 0.5,
		doubts: [],
		decidedBy: 'model',
	},
	...{ isOutdated: false, modelName: 'm', tokens: 1, charged: null, createdAt: 1 },
};
const mark = (points: number, feedback: string, levels: Mark['levels'] = {}): Mark => ({ points, levels, feedback, accepted: false, updatedAt: 1 });
const questions = new Map([['q', { ...exampleAsked, points: 100 }]]);

test('a mark is learnt as what grading asks and what a model has to answer there, with the teacher’s score and feedback', () => {
	const examples = markedTurns(prompts, questions, [{ ...waiting, status: 'graded', proposal, mark: { ...mark(85, ' Well seen.\u0000 '), accepted: true } }]);
	const [asked, answer] = [examples[0]?.turns?.slice(0, -1), examples[0]?.turns?.at(-1)];
	expect(asked).toEqual(gradeTurns(prompts, exampleAsked, 'A wave.'));
	expect(answer).toEqual({ role: 'assistant', content: '{"feedback":"Well seen.","suggestions":["Read on.","Draw it."],"score":85}' });
	expect(readGrade(answer?.content ?? '')).toEqual({ feedback: 'Well seen.', suggestions: ['Read on.', 'Draw it.'], score: 85 });
	// Who the student is is not learnt.
	expect(JSON.stringify(examples)).not.toContain('Kim');
});

test('what the model proposed and nobody settled is not learnt, nor an answer that says nothing; a mark without words is told', () => {
	const examples = markedTurns(prompts, questions, [
		{ ...waiting, row: 2, status: 'graded', proposal },
		{ ...waiting, row: 3, text: '  ', mark: mark(0, 'Nothing here.') },
		{ ...waiting, row: 4, mark: mark(50, ' ') },
		{ ...waiting, row: 5, mark: mark(50, '好'.repeat(601)) },
		{ ...waiting, row: 6, mark: mark(50, '好'.repeat(600)) },
	]);
	expect(examples.map(({ row, turns }) => [row, turns === null])).toEqual([
		[4, true],
		[5, true],
		[6, false],
	]);
});

test('a mark by levels is learnt in the rubric’s form, with the evidence on which model and teacher agree', () => {
	const level = (id: string, name: string, points: number) => ({ id, name, description: '', points });
	const criterion = (id: string, name: string) => ({
		id,
		kind: 'levels' as const,
		name,
		description: '',
		levels: [level('a', 'Full', 2), level('b', 'None', 0)],
		byCheck: false,
	});
	const rubric = [criterion('x', 'Wave'), criterion('y', 'Speed')];
	const verdict = (criterionId: string, quote: string) => ({
		criterionId,
		levelId: 'a',
		quote,
		place: quote === 'A wave' ? { start: 0, end: 6 } : null,
		reason: 'It says so.',
		decidedBy: 'model' as const,
	});
	const verdicts = [verdict('x', 'A wave'), verdict('y', 'fast')];
	const [example] = markedTurns(prompts, new Map([['q', { ...exampleAsked, rubric, points: 4 }]]), [
		{ ...waiting, status: 'graded', proposal: { ...proposal, verdicts }, mark: { ...mark(2, 'Good.', { x: 'a', y: 'b' }), accepted: true } },
	]);
	const content = example?.turns?.at(-1)?.content ?? '';
	expect(readRubricGrade(content, rubric, 'asGiven')).toEqual({
		criteria: [
			{ criterionId: 'x', levelId: 'a', quote: 'A wave', reason: 'It says so.' },
			{ criterionId: 'y', levelId: 'b', quote: null, reason: '' },
		],
		feedback: 'Good.',
		suggestions: ['Read on.', 'Draw it.'],
	});
});

test('of a mark that the teacher gave by themselves no word of the model is learnt, and no evidence that is not in the answer', () => {
	const levels = [
		{ id: 'a', name: 'Full', description: '', points: 2 },
		{ id: 'b', name: 'None', description: '', points: 0 },
	];
	const rubric = [{ id: 'x', kind: 'levels' as const, name: 'Wave', description: '', levels, byCheck: false }];
	const verdicts = [{ criterionId: 'x', levelId: 'a', quote: 'Because of hot', place: null, reason: 'So it says.', decidedBy: 'model' as const }];
	const content = (accepted: boolean) => {
		const marked = { ...waiting, status: 'graded' as const, proposal: { ...proposal, verdicts }, mark: { ...mark(2, 'Good.', { x: 'a' }), accepted } };
		const [example] = markedTurns(prompts, new Map([['q', { ...exampleAsked, rubric, points: 2 }]]), [marked]);
		return example?.turns?.at(-1)?.content ?? '';
	};
	expect(content(false)).toContain('Good.');
	expect(content(false)).not.toMatch(/Because of hot|So it says|Read on/);
	expect(content(true)).not.toContain('Because of hot');
	expect(content(true)).toMatch(/So it says.*Read on|Read on.*So it says/s);
});
