import { expect, test } from 'vitest';
import { nextStep } from './nextStep.ts';

test('points to the step that comes next: get a model, load one, work with it', () => {
	expect([
		nextStep([], []),
		nextStep([{ present: false }], []),
		nextStep([{ present: true }], [{ state: 'failed' }]),
		nextStep([{ present: true }], [{ state: 'loading' }]),
		nextStep([{ present: true }], [{ state: 'running' }]),
	]).toEqual(['add', 'add', 'load', 'work', 'work']);
});
