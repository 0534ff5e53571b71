import { expect, test } from 'vitest';
import type { JobState } from '#contract/jobs.ts';
import type { Download } from '#contract/market.ts';
import { actsOnDownload, failureOfDownload, keptAfterFailure, orderDownloads, throwsAway, totalSpeed } from './downloadActs.ts';

const download = (
	id: string,
	state: JobState,
	changes: { createdAt?: number; endedAt?: number; bytesPerSecond?: number; modelId?: string; dismissed?: boolean; failure?: string; isRepair?: boolean } = {},
) =>
	// Only what these functions look at.
	({
		job: {
			id,
			state,
			createdAt: changes.createdAt ?? 0,
			endedAt: changes.endedAt ?? null,
			dismissed: changes.dismissed ?? false,
			failure: changes.failure ? { code: changes.failure, message: '', data: {} } : null,
		},
		origin: changes.isRepair ? null : { source: 'huggingface', name: 'a/b', fileId: 'c.gguf' },
		bytesDone: 0,
		bytesPerSecond: changes.bytesPerSecond ?? null,
		modelId: changes.modelId ?? null,
	}) as Download;

test.each<[JobState, string | null, boolean, string[]]>([
	['queued', null, false, ['runNext', 'pause', 'cancel']],
	['queued', null, true, ['pause', 'cancel']],
	['running', null, true, ['pause', 'cancel']],
	['paused', null, true, ['resume', 'cancel']],
	['interrupted', null, true, ['resume', 'cancel']],
	['failed', null, true, ['retry', 'dismiss']],
	['completed', 'm', true, ['load', 'show', 'dismiss']],
	['completed', null, true, ['dismiss']],
	['cancelled', null, true, ['dismiss']],
])('%s (model %s, first %s) offers %j', (state, modelId, isFirst, acts) => {
	expect(actsOnDownload(download('a', state, modelId === null ? {} : { modelId }), isFirst)).toEqual(acts);
});

test('lists what runs first and what is over last, without what was taken off the list', () => {
	const list = [
		download('old', 'completed', { endedAt: 1 }),
		download('new', 'completed', { endedAt: 2 }),
		download('failed', 'failed', { endedAt: 3 }),
		download('repaired', 'completed', { endedAt: 3, isRepair: true }),
		download('gone', 'failed', { endedAt: 3, dismissed: true }),
		download('waits', 'queued', { createdAt: 1 }),
		download('runs', 'running', { createdAt: 2 }),
		download('stands', 'paused'),
	];
	expect(orderDownloads(list).map(({ job }) => job.id)).toEqual(['runs', 'waits', 'stands', 'failed', 'new', 'old']);
});

test('adds the speeds of those that run', () => {
	expect(totalSpeed([download('a', 'running', { bytesPerSecond: 3 }), download('b', 'running'), download('c', 'paused', { bytesPerSecond: 9 })])).toBe(3);
});

test('asks before much is thrown away, and not about what is whole or gone', () => {
	const asks = (state: JobState, bytesDone: number) => throwsAway({ ...download('a', state), bytesDone });
	expect([asks('running', 1e9), asks('failed', 1e9), asks('running', 1e6), asks('paused', 14e6), asks('completed', 1e9), asks('cancelled', 1e9)]).toEqual([
		true,
		true,
		false,
		true,
		false,
		false,
	]);
});

test('a file that is no model is not fetched again', () => {
	expect(actsOnDownload(download('a', 'failed', { failure: 'MODEL_FILE_INVALID' }), true)).toEqual(['dismiss']);
});

test.each([
	['failed', 'NETWORK_FAILED', false, 5, 'some'],
	['failed', 'DOWNLOAD_CORRUPT', false, 0, 'nothing'],
	['failed', 'MODEL_FILE_INVALID', false, 0, null],
	['failed', 'DOWNLOAD_CORRUPT', true, 5, null],
	['paused', 'OFFLINE', false, 5, null],
] as const)('%s with %s (repair %s, %i bytes here) keeps %j', (state, failure, isRepair, bytesDone, kept) => {
	expect(keptAfterFailure({ ...download('a', state, { failure, isRepair }), bytesDone })).toBe(kept);
});

test('has a sentence of its own for a download that went offline, and none for a repair', () => {
	expect(failureOfDownload(download('a', 'paused', { failure: 'OFFLINE' }))?.data).toEqual({ what: 'download' });
	expect(failureOfDownload(download('a', 'paused', { failure: 'OFFLINE', isRepair: true }))?.data).toEqual({});
});
