import { expect, test } from 'vitest';
import type { Deployment, LoadPlan } from '#contract/engine.ts';
import { modelState, readWishes, smallerWishes } from './modelState.ts';

// Only the fields that are looked at.
const deployed = (modelId: string, ...states: Deployment['state'][]) => states.map((state) => ({ modelId, state }) as Deployment);
const planned = (contextTokens: number, parallel: number) => ({ contextTokens, parallel }) as LoadPlan;

test.each([
	['running', true, deployed('m', 'failed', 'running')],
	['loading', true, deployed('m', 'failed', 'starting')],
	['stopping', true, deployed('m', 'stopping')],
	['failed', true, deployed('m', 'failed')],
	['notLoaded', true, deployed('other', 'running')],
	['missing', false, deployed('m', 'stopped')],
	['running', false, deployed('m', 'running')],
] as const)('shows a model as %s (file there: %s)', (state, present, deployments) => {
	expect(modelState({ id: 'm', present }, deployments)).toBe(state);
});

test('asks for half the context and one request after a failed load, until nothing is left to make smaller', () => {
	expect([planned(8192, 4), planned(700, 1), planned(512, 2), planned(512, 1), null].map(smallerWishes)).toEqual([
		{ contextTokens: 4096, parallel: 1 },
		{ contextTokens: 512, parallel: 1 },
		{ contextTokens: 512, parallel: 1 },
		null,
		{ contextTokens: 2048, parallel: 1 },
	]);
});

test('reads what is typed, leaves out what is empty and names what is wrong', () => {
	expect(readWishes({ contextTokens: ' 4096 ', parallel: '', gpuLayers: '0', threads: '2.5' })).toEqual({
		wishes: { contextTokens: 4096, gpuLayers: 0 },
		wrong: ['threads'],
	});
});
