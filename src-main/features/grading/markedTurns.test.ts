import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Submission } from '#contract/grading.ts';
import { resolvePaths } from '../../platform/paths/paths.ts';
import { gradeTurns, readGradePrompts } from './gradePrompt.ts';
import { readGrade } from './gradeSchema.ts';
import { markedTurns } from './markedTurns.ts';
import { exampleFields } from './openGradingStage.test-support.ts';

const prompts = readGradePrompts(join(resolvePaths({}).resources, 'prompts'));
const waiting: Submission = {
	id: 's',
	row: 2,
	studentId: '',
	studentName: 'Kim',
	answer: 'A wave.',
	status: 'waiting',
	proposal: null,
	mark: null,
	failure: null,
};
const proposal = { score: 40, feedback: 'By the model.', suggestions: ['Read on.', 'Draw it.'], modelName: 'm', tokens: 1, charged: null, createdAt: 1 };
const mark = (score: number, feedback: string) => ({ score, feedback, updatedAt: 1 });

test('a mark is learnt as what grading asks and what a model has to answer there, with the teacher’s score and feedback', () => {
	const { title, examples } = markedTurns(prompts, exampleFields, [{ ...waiting, status: 'graded', proposal, mark: mark(85, ' Well seen.\u0000 ') }]);
	expect(title).toBe(exampleFields.title);
	const [asked, answer] = [examples[0]?.turns?.slice(0, -1), examples[0]?.turns?.at(-1)];
	expect(asked).toEqual(gradeTurns(prompts, exampleFields, 'A wave.'));
	expect(answer).toEqual({ role: 'assistant', content: '{"feedback":"Well seen.","suggestions":["Read on.","Draw it."],"score":85}' });
	expect(readGrade(answer?.content ?? '')).toEqual({ feedback: 'Well seen.', suggestions: ['Read on.', 'Draw it.'], score: 85 });
	// Who the student is is not learnt.
	expect(JSON.stringify(examples)).not.toContain('Kim');
});

test('what the model proposed and nobody settled is not learnt, nor an answer that says nothing; a mark without words is told', () => {
	const { examples } = markedTurns(prompts, exampleFields, [
		{ ...waiting, row: 2, status: 'graded', proposal },
		{ ...waiting, row: 3, answer: '  ', mark: mark(0, 'Nothing here.') },
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
