import { expect, test } from 'vitest';
import type { Submission } from '#contract/grading.ts';
import { mergeSubmissions } from './mergeSubmissions.ts';

const submission = (id: string, status: Submission['status']): Submission => ({
	id,
	row: 1,
	studentId: id,
	studentName: '',
	answer: '',
	status,
	proposal: null,
	mark: null,
	failure: null,
});

test('the last change of a submission counts and the others stay the same objects', () => {
	const a = submission('a', 'waiting');
	const b = submission('b', 'waiting');
	const merged = mergeSubmissions([a, b], [submission('b', 'running'), submission('b', 'graded'), submission('gone', 'graded')]);
	expect(merged.map(({ id, status }) => [id, status])).toEqual([
		['a', 'waiting'],
		['b', 'graded'],
	]);
	expect(merged[0]).toBe(a);
});
