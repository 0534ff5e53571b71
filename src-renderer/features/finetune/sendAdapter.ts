import type { Adapter } from '#contract/finetune.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { uploadFile } from '../../rpc/uploadFile.ts';

/** Up to so many bytes come with the call itself, as the contract has it. */
const mostBytesOfCall = 67_108_864;

/**
 * Sends an adapter's file to the app, which looks into it and takes it in for a model. A browser's page sends a large one to the upload
 * address first; `onProgress` tells the share that was sent. Rejects with the failure.
 */
export async function sendAdapter(file: File, about: { modelId: string; name: string }, onProgress: (fraction: number) => void): Promise<Adapter> {
	const order = { ...about, fileName: file.name };
	if (file.size <= mostBytesOfCall || bridge() !== null) return client.finetune.importAdapter({ ...order, file });
	const uploadId = crypto.randomUUID();
	await uploadFile(file, uploadId, (sentBytes) => onProgress(sentBytes / file.size), new AbortController().signal);
	return client.finetune.importAdapter({ ...order, uploadId });
}
