import type { Adapter } from '#contract/finetune.ts';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { uploadFile } from '../../rpc/uploadFile.ts';

/**
 * Sends an adapter's file to the app, which looks into it and takes it in for a model. Of a large one the
 * window names the path; a browser's page sends it to the upload address first, and `onProgress` tells the share that was sent. Rejects
 * with the failure.
 */
export async function sendAdapter(file: File, about: { modelId: string; name: string }, onProgress: (fraction: number) => void): Promise<Adapter> {
	const order = { ...about, fileName: file.name };
	if (file.size <= mostCallBytes) return client.finetune.importAdapter({ ...order, file });
	const path = bridge()?.pathForFile(file);
	if (path) return client.finetune.importAdapter({ ...order, path });
	const uploadId = crypto.randomUUID();
	await uploadFile(file, uploadId, (sentBytes) => onProgress(sentBytes / file.size), new AbortController().signal);
	return client.finetune.importAdapter({ ...order, uploadId });
}
