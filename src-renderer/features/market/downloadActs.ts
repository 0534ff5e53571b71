import type { FailureRecord } from '#contract/errors.ts';
import type { Download } from '#contract/market.ts';

/** What a reader can do to a download. */
export type DownloadAct = 'runNext' | 'pause' | 'resume' | 'retry' | 'load' | 'show' | 'cancel' | 'dismiss';

/** What can be done to a download as it stands, in the order of the buttons. `isFirst`: no other of the reader's waits before it. */
export function actsOnDownload({ job, modelId }: Pick<Download, 'job' | 'modelId'>, isFirst: boolean): DownloadAct[] {
	switch (job.state) {
		case 'queued':
			return isFirst ? ['pause', 'cancel'] : ['runNext', 'pause', 'cancel'];
		case 'running':
			return ['pause', 'cancel'];
		case 'paused':
		case 'interrupted':
			return ['resume', 'cancel'];
		case 'failed':
			return isNoModel(job) ? ['dismiss'] : ['retry', 'dismiss'];
		case 'completed':
			return modelId === null ? ['dismiss'] : ['load', 'show', 'dismiss'];
		case 'cancelled':
			return ['dismiss'];
	}
}

/** Whether a download came whole and turned out to be no model: to fetch it again would bring the same. */
function isNoModel({ failure }: Pick<Download['job'], 'failure'>): boolean {
	return failure?.code === 'MODEL_FILE_INVALID';
}

/** What is kept of a failed download, to be told beside its failure: so many bytes, or nothing. Null where neither is of use to know. */
export function keptAfterFailure({ job, origin, bytesDone }: Pick<Download, 'job' | 'origin' | 'bytesDone'>): 'some' | 'nothing' | null {
	if (job.state !== 'failed' || origin === null || isNoModel(job)) return null;
	return bytesDone > 0 ? 'some' : 'nothing';
}

/** A job's failure, marked as one of a download where that has a sentence of its own. */
export function failureOfDownload({ job, origin }: Pick<Download, 'job' | 'origin'>): FailureRecord | null {
	const { failure } = job;
	const isOwn = origin !== null && (failure?.code === 'OFFLINE' || failure?.code === 'MODEL_FILE_INVALID');
	return failure && isOwn ? { ...failure, data: { ...failure.data, what: 'download' } } : failure;
}

/** Bytes that one does not throw away without being asked. */
const askBeforeBytes = 1024 * 1024;

/** Whether ending a download, or taking a failed one off the list, throws away so much that one is asked before. */
export function throwsAway({ job, origin, bytesDone }: Pick<Download, 'job' | 'origin' | 'bytesDone'>): boolean {
	// A repair writes into the model's own file.
	return origin !== null && job.state !== 'completed' && job.state !== 'cancelled' && bytesDone > askBeforeBytes;
}

/** The downloads in the order of the list: what runs, what waits in its turn, what stands still, what is over; within each the oldest first, of what is over the newest. A repair that is done is no news. */
export function orderDownloads(downloads: readonly Download[]): Download[] {
	const places = { running: 0, queued: 1, paused: 2, interrupted: 2, failed: 3, completed: 4, cancelled: 4 } as const;
	return downloads
		.filter(({ job, origin }) => !job.dismissed && (origin !== null || job.state !== 'completed'))
		.toSorted((a, b) => {
			const place = places[a.job.state] - places[b.job.state];
			if (place !== 0) return place;
			const isOver = a.job.endedAt !== null && b.job.endedAt !== null;
			return isOver ? (b.job.endedAt ?? 0) - (a.job.endedAt ?? 0) : a.job.createdAt - b.job.createdAt;
		});
}

/** What all running downloads take together, in bytes a second. */
export function totalSpeed(downloads: readonly Download[]): number {
	return downloads.reduce((sum, { job, bytesPerSecond }) => sum + (job.state === 'running' ? (bytesPerSecond ?? 0) : 0), 0);
}

/** Whether a job goes on by itself. */
export function isUnderway({ state }: Pick<Download['job'], 'state'>): boolean {
	return state === 'running' || state === 'queued';
}
