import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sheetNames } from './sheetNames.ts';

test('names stay what they are where a spreadsheet takes them, and are made so where not', () => {
	expect(sheetNames(['Class', 'Question 1', 'class', "a/b: [c]'", '', 'History', `${'x'.repeat(40)}1`, `${'x'.repeat(40)}2`])).toEqual([
		'Class',
		'Question 1',
		'class (2)',
		'a b c',
		'5',
		'History (2)',
		'x'.repeat(31),
		`${'x'.repeat(27)} (2)`,
	]);
});

test('whatever questions are called, every sheet has a legal name of its own', () => {
	const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 25, maxLength: 40 }), fc.constantFrom("'", 'A', 'a', '😀'.repeat(20), '[]', '2'));
	fc.assert(
		fc.property(fc.array(name, { maxLength: 6 }), (wanted) => {
			const names = sheetNames(wanted);
			expect(names.filter((each) => !/^(?!')[^[\]:*?/\\\p{Cc}\p{Cs}]{1,31}(?<!')$/su.test(each))).toEqual([]);
			expect(names.every((each) => each.length <= 31)).toBe(true);
			expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(wanted.length);
		}),
	);
});
