import { convertLimits } from '#contract/convertLimits.ts';
import { client } from '../../rpc/client.ts';
import { beginBatch } from './batchStore.ts';
import { takeText } from './convertStore.ts';

/** What became of files that were taken in; `empty`: the one file holds nothing, and nothing was done. */
export type Taken = 'text' | 'batch' | 'empty';

/**
 * Takes files in: one text that is not too long is shown and converted at once; several, or what is no text, become a batch. `goTo` is told where
 * they are to be seen. Rejects with the failure.
 */
export async function takeSources(files: readonly File[], goTo: (address: string) => void): Promise<Taken> {
	const [only] = files;
	if (!only) return 'empty';
	if (files.length === 1 && only.size === 0) return 'empty';
	if (files.length === 1 && only.size <= convertLimits.textCharacters) {
		const { format, encoding, content } = await client.convert.detect({ file: only, fileName: only.name.slice(-1_000) });
		if (content !== null) {
			takeText(content, { file: only, encoding }, format);
			goTo('/convert');
			return 'text';
		}
	}
	await beginBatch(files, (id) => goTo(`/convert/files/${id}`));
	return 'batch';
}
