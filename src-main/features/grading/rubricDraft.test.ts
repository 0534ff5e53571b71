import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGradePrompts } from './gradePrompt.ts';
import { draftTurns, readDraft } from './rubricDraft.ts';

const criterion = { name: 'Cause', description: 'Names the cause.', full: 'Names it and says why', partly: 'Names it', none: 'Does not name it', weight: 2 };
const written = (...criteria: unknown[]) => JSON.stringify({ criteria });
const invalid = expect.objectContaining({ code: 'DRAFT_INVALID', data: { reason: 'malformed' } });

test('a draft is read as it was written, but for what cannot be seen', () => {
	const strange = { ...criterion, name: ' Ca\u0007use\u202E ', none: ' ' };
	expect(readDraft(written(criterion, strange, criterion))).toEqual({ criteria: [criterion, { ...criterion, none: '' }, criterion] });
});

test.each([
	['no JSON', 'A rubric: …'],
	['no criteria', written()],
	['more than five', written(...Array.from({ length: 6 }, () => criterion))],
	['a criterion without a name', written({ ...criterion, name: ' \u0000 ' })],
	['a weight that there is none of', written({ ...criterion, weight: 4 })],
	['a weight in words', written({ ...criterion, weight: '2' })],
	['a level that is missing', written({ ...criterion, partly: undefined })],
	['points', written({ ...criterion, points: 3 })],
	['more beside the criteria', JSON.stringify({ criteria: [criterion], total: 10 })],
])('%s is no draft', (_what, text) => {
	expect(() => readDraft(text)).toThrow(invalid);
});

test('whatever a model writes is a draft or refused, and never anything else', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.json(),
				fc.array(fc.jsonValue()).map((criteria) => JSON.stringify({ criteria })),
			),
			(text) => {
				try {
					expect(readDraft(text).criteria.length).toBeGreaterThan(0);
				} catch (error) {
					expect(error).toEqual(invalid);
				}
			},
		),
	);
});

test('the model is asked with what is known of the question, and of nothing else', () => {
	const prompts = readGradePrompts(join(import.meta.dirname, '../../../resources/prompts'));
	const [turn] = draftTurns(prompts, { subject: '', gradeLevel: 'Grade 7', question: 'Why {{key}}?', key: '' });
	expect(turn?.content).toContain('Grade level: Grade 7.');
	expect(turn?.content).toContain('# Question\n\nWhy {{key}}?\n');
	expect(turn?.content).not.toMatch(/Subject:|# Expected answer/);
});
