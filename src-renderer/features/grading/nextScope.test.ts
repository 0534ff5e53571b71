import { expect, test } from 'vitest';
import { nextScope } from './nextScope.ts';

test('an answer that fails each time does not hide what is outdated', () => {
	const counts = { students: 58, answers: 58, unanswered: 0, graded: 57, outdated: 57, failed: 1, marked: 0 };
	expect(nextScope(counts)).toBe('outdated');
	expect(nextScope({ ...counts, outdated: 0 })).toBe('waiting');
	expect(nextScope({ ...counts, failed: 0 })).toBe('waiting');
	expect(nextScope({ ...counts, graded: 58, outdated: 0, failed: 0 })).toBeNull();
});
