import type { Download } from '#contract/market.ts';
import { useModels } from '../../rpc/live.ts';
import { fileKey, useMarket } from './marketStore.ts';
import { useDownloads } from './useDownloads.ts';

/** What this machine has of a file that can be had: the model that it is here, or the download of it. */
export interface FileState {
	/** `name` is null until the library was read. */
	here: { modelId: string; name: string | null } | null;
	download: Download | null;
}

/** Tells what this machine has of a file (by `fileKey`), now. `modelId`: the model that it is already, as far as its source was told. */
export function useFileState(file: string, modelId: string | null): FileState {
	const kept = useMarket((state) => state.kept[file]);
	const jobId = useMarket(({ jobs }) => jobs[file]);
	const download = useDownloads().value?.find((each) => isOf(each, file, jobId)) ?? null;
	const models = useModels().value;
	for (const id of [modelId, kept, download?.modelId]) {
		if (typeof id !== 'string') continue;
		const model = models?.find((each) => each.id === id);
		// What was here when its source was asked may have been removed since.
		if (model || models === null) return { here: { modelId: id, name: model?.name ?? null }, download };
	}
	return { here: null, download };
}

/** Whether a download is that of a file: started from here, or known by where it comes from. One that was given up is nobody's. */
function isOf({ job, origin }: Download, file: string, jobId: string | undefined): boolean {
	if (job.state === 'cancelled' || (job.state === 'failed' && job.dismissed)) return false;
	return job.id === jobId || (origin !== null && fileKey(origin, origin.fileId) === file);
}
