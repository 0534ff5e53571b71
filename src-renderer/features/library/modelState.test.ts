import { expect, test } from 'vitest';
import type { Deployment, LoadPlan } from '#contract/engine.ts';
import { advisedFields, isRepairable, isToCheck, modelState, readWishes, smallerWishes } from './modelState.ts';

// Only the fields that are looked at.
const deployed = (modelId: string, ...states: Deployment['state'][]) => states.map((state) => ({ modelId, state }) as Deployment);
const planned = (contextTokens: number, parallel: number) => ({ contextTokens, parallel }) as LoadPlan;

const file = { id: 'm', kind: 'model', fileState: 'present' } as const;

test.each([
	['running', file, deployed('m', 'failed', 'running')],
	['loading', file, deployed('m', 'failed', 'starting')],
	['stopping', file, deployed('m', 'stopping')],
	['failed', file, deployed('m', 'failed')],
	['notLoaded', file, deployed('other', 'running')],
	['companion', { ...file, kind: 'adapter' }, []],
	['missing', { ...file, fileState: 'missing' }, deployed('m', 'stopped')],
	['damaged', { ...file, kind: 'projector', fileState: 'damaged' }, []],
	['running', { ...file, fileState: 'changed' }, deployed('m', 'running')],
] as const)('shows a model as %s', (state, model, deployments) => {
	expect(modelState(model, deployments)).toBe(state);
});

test('offers a repair where the file is damaged and its source is known', () => {
	const downloaded = { source: 'ollama', name: 'qwen3:4b', digest: 'sha256:0' } as const;
	expect(isRepairable({ origin: downloaded, fileState: 'damaged' })).toBe(true);
	expect(isRepairable({ origin: downloaded, fileState: 'changed' })).toBe(false);
	expect(isRepairable({ origin: { source: 'local' }, fileState: 'damaged' })).toBe(false);
});

test('a changed file that was downloaded is checked first', () => {
	const downloaded = { source: 'ollama', name: 'qwen3:4b', digest: 'sha256:0' } as const;
	expect(isToCheck({ origin: downloaded, fileState: 'changed' })).toBe(true);
	expect(isToCheck({ origin: downloaded, fileState: 'damaged' })).toBe(false);
	expect(isToCheck({ origin: { source: 'local' }, fileState: 'changed' })).toBe(false);
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
	expect(readWishes({ contextTokens: ' 4096 ', parallel: '', gpuLayers: '0', threads: '2.5', replicas: '2' })).toEqual({
		wishes: { contextTokens: 4096, gpuLayers: 0, replicas: 2 },
		wrong: ['threads'],
	});
});

test('begins with the context that the source advises', () => {
	expect(advisedFields({ contextTokens: 8192, temperature: 0.6 }).contextTokens).toBe('8192');
	expect(advisedFields(null).contextTokens).toBe('');
});
