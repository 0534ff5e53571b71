import { create } from 'zustand';
import type { Conversion, ConversionFile } from '#contract/convertBatch.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';
import { saveFile } from '../../ui/saveFile.ts';

interface BatchState {
	/** The batch that is shown; null: none yet. */
	conversion: Conversion | null;
	files: readonly ConversionFile[];
	/** What is on its way into it; null: nothing. */
	sending: { sentBytes: number; totalBytes: number } | null;
	error: unknown;
}

const none: BatchState = { conversion: null, files: [], sending: null, error: null };

/** One batch of files, while it is looked at; `new` has none until the first file is sent. */
export const useBatch = create<BatchState>(() => none);

let stop: (() => void) | null = null;

/** Shows a batch and follows it, or with null an empty one. Returns how to end that. */
export function openBatch(conversionId: string | null): () => void {
	const isShown = useBatch.getState().conversion?.id === conversionId;
	if (!isShown && !(conversionId === null && useBatch.getState().sending)) useBatch.setState(none);
	if (conversionId !== null) follow(conversionId);
	return () => {
		stop?.();
		stop = null;
	};
}

function follow(conversionId: string): void {
	stop?.();
	stop = watchStream(
		(signal) => client.convert.watch({ conversionId }, { signal }),
		async ({ conversion, changed }, { isFirst }) => {
			if (isFirst || conversion.counts.files !== useBatch.getState().files.length) await readFiles(conversionId, conversion);
			else useBatch.setState(({ files }) => ({ conversion, files: files.map((file) => changed.find(({ id }) => id === file.id) ?? file) }));
		},
		{ onError: (error) => useBatch.setState({ error }) },
	);
}

async function readFiles(conversionId: string, conversion: Conversion): Promise<void> {
	try {
		useBatch.setState({ conversion, files: await client.convert.files({ conversionId }) });
	} catch (error) {
		useBatch.setState({ error });
	}
}

/** Begins a batch with files, whatever is shown; `begun` is told of it once there is one, while the rest is still being sent. */
export async function beginBatch(files: readonly File[], begun: (conversionId: string) => void): Promise<void> {
	useBatch.setState(none);
	await addToBatch(files, begun);
	const { conversion, error } = useBatch.getState();
	if (!conversion && error) throw error;
}

/** Sends files to the batch that is shown, or begins one with them; what cannot be taken is told, and ends it. */
export async function addToBatch(files: readonly File[], begun?: (conversionId: string) => void): Promise<void> {
	const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
	useBatch.setState({ sending: { sentBytes: 0, totalBytes }, error: null });
	try {
		for (const piece of piecesOf(files)) {
			const { id = null } = useBatch.getState().conversion ?? {};
			const conversion = await client.convert.sendFiles({ conversionId: id, files: piece });
			const sentBytes = (useBatch.getState().sending?.sentBytes ?? 0) + piece.reduce((sum, { file }) => sum + file.size, 0);
			useBatch.setState({ conversion, sending: { sentBytes, totalBytes } });
			if (id === null) begun?.(conversion.id);
		}
	} catch (error) {
		useBatch.setState({ error });
	} finally {
		useBatch.setState({ sending: null });
	}
	const { conversion } = useBatch.getState();
	if (conversion) await readFiles(conversion.id, conversion);
}

/** Adds a file or a folder of the machine that Homeroom runs on. */
export async function addPath(path: string): Promise<void> {
	useBatch.setState({ error: null });
	try {
		const conversion = await client.convert.addPath({ conversionId: useBatch.getState().conversion?.id ?? null, path });
		await readFiles(conversion.id, conversion);
	} catch (error) {
		useBatch.setState({ error });
	}
}

export async function dropFile(fileId: string): Promise<void> {
	const { conversion: shown } = useBatch.getState();
	if (!shown) return;
	try {
		const conversion = await client.convert.dropFile({ conversionId: shown.id, fileId });
		useBatch.setState(({ files }) => ({ conversion, files: files.filter(({ id }) => id !== fileId) }));
	} catch (error) {
		useBatch.setState({ error });
	}
}

/** Where the results go; null: they are kept here to be saved. */
export type Destination = { folder: string; existing: 'keep' | 'rename' | 'replace' } | null;

export async function startBatch(order: ConvertOrder, destination: Destination): Promise<void> {
	const { conversion: shown } = useBatch.getState();
	if (!shown) return;
	useBatch.setState({ error: null });
	try {
		const conversionId = shown.id;
		const conversion = await (destination ? client.convert.startInto({ conversionId, order, ...destination }) : client.convert.start({ conversionId, order }));
		await readFiles(conversionId, conversion);
	} catch (error) {
		useBatch.setState({ error });
	}
}

export async function steerBatch(how: 'pause' | 'resume' | 'cancel' | 'retry', jobId: string): Promise<void> {
	try {
		await client.jobs[how]({ jobId });
	} catch (error) {
		useBatch.setState({ error });
	}
}

/** Hands a result to the reader to save, and its sidecar where there is one. */
export async function saveResult(conversionId: string, { id, hasSidecar }: ConversionFile): Promise<void> {
	if (hasSidecar) await savePart(conversionId, id, 'sidecar');
	await savePart(conversionId, id, 'result');
}

/** Fetches a file piece by piece, however large it is. */
async function savePart(conversionId: string, fileId: string, part: 'result' | 'sidecar'): Promise<void> {
	const pieces: Blob[] = [];
	for (let from = 0; ; ) {
		const { fileName, sizeBytes, file } = await client.convert.result({ conversionId, fileId, part, from });
		// On the disk of the browser, where it keeps what is large.
		pieces.push(new Blob([file]));
		from += file.size;
		if (from >= sizeBytes || file.size === 0) return saveFile(fileName, new Blob(pieces));
	}
}

interface SentPiece {
	fileName: string;
	file: File;
	continues: boolean;
}

/** What is sent with each call: whole files as long as they are small, a large one in parts of its own. */
export function* piecesOf(
	files: readonly File[],
	{ pieceBytes, pieceFiles }: { pieceBytes: number; pieceFiles: number } = convertLimits,
): Generator<SentPiece[]> {
	let piece: SentPiece[] = [];
	let bytes = 0;
	for (const file of files) {
		const fileName = (file.webkitRelativePath || file.name).slice(-1_000);
		if (file.size > pieceBytes) {
			if (piece.length > 0) yield piece;
			[piece, bytes] = [[], 0];
			for (let from = 0; from < file.size; from += pieceBytes)
				yield [{ fileName, file: new File([file.slice(from, from + pieceBytes)], file.name), continues: from > 0 }];
			continue;
		}
		if (piece.length === pieceFiles || bytes + file.size > pieceBytes) {
			yield piece;
			[piece, bytes] = [[], 0];
		}
		piece.push({ fileName, file, continues: false });
		bytes += file.size;
	}
	if (piece.length > 0) yield piece;
}
