import { expect, test } from 'vitest';
import type { FailedItem, Job } from '#contract/jobs.ts';
import type { Model } from '#contract/library.ts';
import { openFailures } from './openFailures.ts';

// Only the fields that are looked at.
const job = (id: string, facts: Partial<Job>) => ({ id, kind: 'verify', title: '', endedAt: 1, itemsFailed: 1, failure: null, ...facts }) as Job;
const model = (id: string, fileState: Model['fileState']) => ({ id, name: `model ${id}`, fileState }) as Model;
const failure = { code: 'MODEL_DAMAGED', data: {} } as FailedItem['failure'];
const item = (subjectId: string): FailedItem => ({ subjectId, name: `model ${subjectId}`, failure });
const told = (jobs: Job[], failed: Record<string, FailedItem[]>, models: Model[]) =>
	Object.fromEntries([...openFailures(jobs, new Map(Object.entries(failed)), models)].map(([id, items]) => [id, items.map(({ name }) => name)]));

test('tells of a damaged model once, by the newest check, and no more when it is in order or gone', () => {
	const jobs = [job('new', {}), job('old', { itemsFailed: 4 })];
	const failed = { new: [item('a')], old: [item('a'), item('b'), item('c'), item('d')] };
	const models = [model('a', 'damaged'), model('b', 'damaged'), model('c', 'present')];
	expect(told(jobs, failed, models)).toEqual({ new: ['model a'], old: ['model b'] });
	expect(told(jobs, failed, [model('a', 'present')])).toEqual({});
});

test('a file that could not be read is told although nothing else is known to be wrong with it', () => {
	const unread = { ...item('a'), failure: { code: 'DISK_FAILED', data: {} } as FailedItem['failure'] };
	expect(told([job('check', {})], { check: [unread] }, [model('a', 'present')])).toEqual({ check: ['model a'] });
});

test('a repair that goes on or failed says more than the check before it', () => {
	const check = job('check', {});
	const failed = { check: [item('a')] };
	const repair = { kind: 'repair', title: 'model a', itemsFailed: 0 } as const;
	expect(told([job('repair', { ...repair, endedAt: null }), check], failed, [model('a', 'damaged')])).toEqual({});
	expect(told([job('repair', { ...repair, failure }), check], failed, [model('a', 'damaged')])).toEqual({ repair: [''] });
	expect(told([job('repair', { ...repair, failure }), check], failed, [model('a', 'present')])).toEqual({});
});

test('tells of other work that ended badly as it is, once it is known what failed', () => {
	const jobs = [job('copy', { kind: 'copy' }), job('unknown', { kind: 'copy' }), job('thrown', { kind: 'export', itemsFailed: 0, failure })];
	expect(told(jobs, { copy: [item('0')] }, [])).toEqual({ copy: ['model 0'], thrown: [''] });
});
