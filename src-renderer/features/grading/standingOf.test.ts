import { expect, test } from 'vitest';
import { answerOf, gradedOf, markOf } from './answerOf.test-support.ts';
import { countProgress, standingOf } from './standingOf.ts';

test('counts how far each question is, an empty answer only once it has a mark', () => {
	const other = { questionId: 'p' };
	const standings = [
		gradedOf(1, 5),
		gradedOf(2, 5, { doubts: ['quoteMissing'] }),
		gradedOf(3, 5, {}, { mark: markOf(5), secondMark: markOf(4) }),
		answerOf(4, { text: '' }),
		answerOf(5, { ...other, text: ' ', mark: markOf(0) }),
		answerOf(6, other),
	].map(standingOf);
	expect(Object.fromEntries(countProgress(standings, 'first'))).toEqual({
		q: { settled: 1, toSettle: 3, proposed: 2, doubtful: 1, farOff: 0, compared: 1 },
		p: { settled: 1, toSettle: 2, proposed: 0, doubtful: 0, farOff: 0, compared: 0 },
	});
	expect(countProgress(standings, 'second').get('q')).toEqual({ settled: 1, toSettle: 3, proposed: 0, doubtful: 0, farOff: 0, compared: 0 });
});

test('counts the proposals that are far off the teacher’s own marks, not what was taken over or is outdated', () => {
	const standings = [
		gradedOf(1, 5, {}, { mark: markOf(8) }),
		gradedOf(2, 5, {}, { mark: markOf(7) }),
		gradedOf(3, 5, {}, { mark: { ...markOf(5), accepted: true } }),
		gradedOf(4, 5, { isOutdated: true }, { mark: markOf(0) }),
	].map(standingOf);
	expect(countProgress(standings, 'first').get('q')).toMatchObject({ farOff: 1, compared: 2 });
});
