import { expect, test } from 'vitest';
import { changeChoice, filterOf, noChoice } from './statementChoice.ts';

test('never asks for grants of a task or a model, which there are none of', () => {
	const ofChat = changeChoice(noChoice, { task: 'chat' });
	const grants = changeChoice(ofChat, { kind: 'grants' });
	expect([grants, changeChoice(grants, { modelId: 'm' })].map(({ kind, task, modelId }) => ({ kind, task, modelId }))).toEqual([
		{ kind: 'grants', task: null, modelId: null },
		{ kind: null, task: null, modelId: 'm' },
	]);
	expect(changeChoice(ofChat, { kind: 'work' })).toEqual({ ...noChoice, task: 'chat', kind: 'work' });
});

test('lets nothing through where the last day comes before the first', () => {
	const turned = { ...noChoice, span: { name: 'custom' as const, first: '2026-11-21', last: '2026-11-20' } };
	expect(filterOf(turned, Date.now())).toEqual({ from: 0, until: 0, task: null, modelId: null, kind: null });
});
