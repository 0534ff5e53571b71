import { expect, test } from 'vitest';
import { nextStep } from './nextStep.ts';

test('points to the step that comes next: get a model, load one, wait for it, work with it', () => {
	const model = { kind: 'model', fileState: 'present' } as const;
	expect([
		nextStep([], []),
		nextStep([{ ...model, fileState: 'missing' }], []),
		nextStep([{ ...model, kind: 'projector' }], []),
		nextStep([model], [{ state: 'failed' }]),
		nextStep([model], [{ state: 'loading' }]),
		nextStep([model], [{ state: 'loading' }, { state: 'running' }]),
	]).toEqual(['add', 'add', 'add', 'load', 'wait', 'work']);
});
