import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { readGrade } from './gradeSchema.ts';

test('T2 anything but a whole grade is not graded, never a score', () => {
	const good = { feedback: 'Right.', suggestions: ['Read on.'], score: 70 };
	const bad = [
		'',
		'70',
		'{"feedback": "Right."',
		...[
			{ score: 101 },
			{ score: -1 },
			{ score: 70.5 },
			{ score: '70' },
			{ score: null },
			{ feedback: ' \u0000 ' },
			{ feedback: 'x'.repeat(5000) },
			{ suggestions: 'a' },
			{ extra: 1 },
		].map((change) => JSON.stringify({ ...good, ...change })),
	];
	for (const text of bad) expect(() => readGrade(text)).toThrow(expect.objectContaining({ code: 'GRADE_INVALID' }));
	expect(readGrade(JSON.stringify(good))).toEqual(good);
});

test('T2 whatever a model writes is a grade in range or GRADE_INVALID', () => {
	const wild = fc.record({
		feedback: fc.string({ unit: 'binary' }),
		suggestions: fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 }),
		score: fc.oneof(fc.integer({ min: -5, max: 105 }), fc.double()),
	});
	fc.assert(
		fc.property(
			fc.oneof(
				wild.map((value) => JSON.stringify(value)),
				fc.json(),
				fc.string(),
			),
			(text) => {
				try {
					const { score, feedback, suggestions } = readGrade(text);
					expect(Number.isInteger(score) && score >= 0 && score <= 100 && feedback !== '' && suggestions.length <= 3).toBe(true);
				} catch (error) {
					expect(isFailure(error, 'GRADE_INVALID')).toBe(true);
				}
			},
		),
	);
});

test('control characters and marks that turn the direction of the text do not reach the teacher', () => {
	expect(readGrade(JSON.stringify({ feedback: ' a\u0000b\u202Ec\nd ', suggestions: ['\u2066', ' x '], score: 1 }))).toEqual({
		feedback: 'abc\nd',
		suggestions: ['x'],
		score: 1,
	});
});
