import { expect, test } from 'vitest';
import { exampleRun } from './exampleRun.test-support.ts';
import { isMeasured } from './isMeasured.ts';

test('a run is measured while the trainer says so, and once every step is taken', () => {
	const last = { ...exampleRun, step: 60 };
	const paused = { ...last, job: { ...exampleRun.job, state: 'paused' as const } };
	const runs = [exampleRun, { ...exampleRun, measuring: 0 }, last, paused, { ...last, stage: 'comparing' as const }, { ...exampleRun, totalSteps: null }];
	expect(runs.map(isMeasured)).toEqual([false, true, true, false, false, false]);
});
