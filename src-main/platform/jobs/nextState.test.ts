import { expect, test } from 'vitest';
import { jobState } from '#contract/jobs.ts';
import { type JobEvent, nextState } from './nextState.ts';

const events = ['start', 'complete', 'fail', 'interrupt', 'requeue', 'pause', 'resume', 'cancel', 'retry'] as const satisfies JobEvent[];

test('knows for every state and event where it leads', () => {
	const table = jobState.options.map((state) => [state, ...events.map((event) => nextState(state, event, 1) ?? '-')].join(' '));
	expect(table).toEqual([
		'queued running - - - - paused - cancelled -',
		'running - completed failed interrupted - paused - cancelled -',
		'paused - - - - - - queued cancelled -',
		'completed - - - - - - - - queued',
		'failed - - - - - - - - queued',
		'cancelled - - - - - - - - -',
		'interrupted - - - - queued - queued cancelled -',
	]);
});

test('has nothing to do again in a completed job without failed items', () => {
	expect(nextState('completed', 'retry', 0)).toBe(null);
	expect(nextState('failed', 'retry', 0)).toBe('queued');
});
