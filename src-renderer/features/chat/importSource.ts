import type { Inputs } from '#contract/contract.ts';
import { mostCallBytes } from '#contract/mostCallBytes.ts';
import { bridge } from '../../rpc/bridge.ts';
import { uploadFile } from '../../rpc/uploadFile.ts';

export type ImportInput = Inputs['chat']['import'];

/** Of what may lie in a folder, what conversations are in. */
const isWanted = ({ name }: File) => /\.(json|jsonl|zip)$/i.test(name);

/**
 * How chosen files get to the app: with the call, or, one file that is too large for that and of an administrator, by its path in the window and by
 * sending it first in a browser. Rejects with what the upload rejects with.
 */
export async function sourceOf(files: readonly File[], isAdmin: boolean, onProgress: (fraction: number) => void): Promise<ImportInput> {
	const wanted = files.filter(isWanted);
	const [only] = wanted;
	const isLarge = wanted.reduce((bytes, { size }) => bytes + size, 0) > mostCallBytes * 0.9;
	if (only && wanted.length === 1 && isLarge && isAdmin) {
		const path = bridge()?.pathForFile(only);
		if (path) return { path };
		const uploadId = crypto.randomUUID();
		await uploadFile(only, uploadId, (sent) => onProgress(sent / only.size), new AbortController().signal);
		return { uploadId, fileName: only.name };
	}
	const chosen = wanted.length > 0 ? wanted : files;
	return { files: chosen.map((file) => ({ path: file.webkitRelativePath || file.name, file })) };
}
