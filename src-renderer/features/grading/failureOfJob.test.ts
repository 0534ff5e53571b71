import { expect, test } from 'vitest';
import { failureOfJob } from './failureOfJob.ts';

const counts = { students: 3, answers: 3, unanswered: 0, graded: 2, outdated: 0, failed: 1, marked: 0 };
const failed = (code: string, state: 'failed' | 'paused' | 'running' = 'failed') => ({ id: 'j', state, failure: { code, message: '', data: {} } });

test('an answer that is too long is told where it is, and not over every page of a class whose others are graded', () => {
	expect(failureOfJob({ job: failed('ANSWER_TOO_LONG'), counts })).toBeNull();
	expect(failureOfJob({ job: failed('ANSWER_TOO_LONG'), counts: { ...counts, graded: 0 } })).toMatchObject({ code: 'ANSWER_TOO_LONG' });
	expect(failureOfJob({ job: failed('MODEL_TOO_BIG'), counts })).toMatchObject({ code: 'MODEL_TOO_BIG' });
	expect(failureOfJob({ job: failed('INSUFFICIENT_TOKENS', 'paused'), counts })).toMatchObject({ code: 'INSUFFICIENT_TOKENS' });
	expect(failureOfJob({ job: failed('MODEL_TOO_BIG', 'running'), counts })).toBeNull();
});
