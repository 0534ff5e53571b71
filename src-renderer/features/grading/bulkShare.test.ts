import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf } from './answerOf.test-support.ts';
import { bulkShare } from './bulkShare.ts';

test('counts what would be accepted, the confidence itself included, and never what is marked or outdated', () => {
	const answers = [
		gradedOf(1, 5, { confidence: 0.8 }),
		gradedOf(2, 5, { confidence: 0.79 }),
		gradedOf(3, 5, { confidence: 0.9, doubts: ['hiddenCharacters'] }),
		gradedOf(4, 5, { isOutdated: true }),
		gradedOf(5, 5, {}, { mark: markOf(0) }),
		answerOf(6),
	];
	expect(bulkShare(answers, 0.8)).toEqual({ open: 3, accepted: 2, doubtful: 1 });
});
