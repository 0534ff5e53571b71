import { Zip, ZipPassThrough } from 'fflate';
import type { ConversionFile } from '#contract/convertBatch.ts';
import { client } from '../../rpc/client.ts';
import { saveFile } from '../../ui/saveFile.ts';

/** An archive without ZIP64 holds less than 4 GiB; so much is packed, the names and headers aside. */
export const mostPackedBytes = 3.5 * 2 ** 30;
const mostPackedFiles = 60_000;

/** Hands a result to the reader to save, and its sidecar where there is one. */
export async function saveResult(conversionId: string, file: ConversionFile): Promise<void> {
	for (const part of partsOf(file).toReversed()) {
		const { name, pieces } = await fetchPart(conversionId, file.id, part);
		saveFile(name, new Blob(pieces));
	}
}

/** What of a batch can be saved as one archive: its results that are kept here, as far as an archive holds them; null: nothing, or too much. */
export function packable(files: readonly ConversionFile[]): readonly ConversionFile[] | null {
	const done = files.filter(({ state }) => state === 'done');
	const bytes = done.reduce((sum, { resultBytes }) => sum + (resultBytes ?? 0), 0);
	return done.length > 1 && done.length <= mostPackedFiles && bytes <= mostPackedBytes ? done : null;
}

/** Hands all these results to the reader as one ZIP archive, with their sidecars. */
export async function saveAllResults(conversionId: string, archiveName: string, files: readonly ConversionFile[]): Promise<void> {
	async function* fetchAll() {
		for (const file of files) for (const part of partsOf(file)) yield await fetchPart(conversionId, file.id, part);
	}
	saveFile(archiveName, await packFiles(fetchAll()));
}

/** One archive of files, each as it is; of those with the same name the later ones get a number. What is packed lies with the browser, not in memory. */
export async function packFiles(files: AsyncIterable<{ name: string; pieces: readonly Blob[] }>): Promise<Blob> {
	const packed: Blob[] = [];
	let failed: Error | null = null;
	const archive = new Zip((error, bytes) => {
		if (error) failed = error;
		else packed.push(new Blob([new Uint8Array(bytes)]));
	});
	const taken = new Set<string>();
	for await (const { name, pieces } of files) {
		const entry = new ZipPassThrough(freeName(name, taken));
		archive.add(entry);
		for (const piece of pieces) entry.push(new Uint8Array(await piece.arrayBuffer()));
		entry.push(new Uint8Array(), true);
	}
	archive.end();
	if (failed) throw failed;
	return new Blob(packed, { type: 'application/zip' });
}

function freeName(name: string, taken: Set<string>): string {
	const dot = name.lastIndexOf('.');
	const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
	let free = name;
	// Windows takes names that differ in case alone for one.
	for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${ending}`;
	taken.add(free.toLowerCase());
	return free;
}

function partsOf({ hasSidecar }: ConversionFile): ('result' | 'sidecar')[] {
	return hasSidecar ? ['result', 'sidecar'] : ['result'];
}

/** Fetches a file piece by piece, however large it is. */
async function fetchPart(conversionId: string, fileId: string, part: 'result' | 'sidecar'): Promise<{ name: string; pieces: Blob[] }> {
	const pieces: Blob[] = [];
	for (let from = 0; ; ) {
		const { fileName, sizeBytes, file } = await client.convert.result({ conversionId, fileId, part, from });
		// On the disk of the browser, where it keeps what is large.
		pieces.push(new Blob([file]));
		from += file.size;
		if (from >= sizeBytes || file.size === 0) return { name: fileName, pieces };
	}
}
