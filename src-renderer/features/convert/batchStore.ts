import { create } from 'zustand';
import type { Conversion, ConversionFile } from '#contract/convertBatch.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { watchStream } from '../../rpc/watchStream.ts';

interface BatchState {
	/** Which batch is looked at; null: a new one, which there is with its first file; undefined: none. */
	shownId: string | null | undefined;
	/** The batch that is shown; null: not read yet, or new. */
	conversion: Conversion | null;
	files: readonly ConversionFile[];
	/** What is on its way into a batch; null: nothing. */
	sending: { sentBytes: number; totalBytes: number } | null;
	error: unknown;
}

const none = { conversion: null, files: [], error: null };

/** One batch of files, while it is looked at. */
export const useBatch = create<BatchState>(() => ({ ...none, shownId: undefined, sending: null }));

let stop: (() => void) | null = null;

/** Shows a batch and follows it, or with null an empty one. Returns how to end that. */
export function openBatch(conversionId: string | null): () => void {
	if (useBatch.getState().shownId !== conversionId) useBatch.setState({ ...none, shownId: conversionId });
	if (conversionId !== null) follow(conversionId);
	return () => {
		stop?.();
		stop = null;
		if (useBatch.getState().shownId === conversionId) useBatch.setState({ ...none, shownId: undefined });
	};
}

function follow(conversionId: string): void {
	stop?.();
	stop = watchStream(
		(signal) => client.convert.watch({ conversionId }, { signal }),
		async ({ conversion, changed }, { isFirst }) => {
			const { files } = useBatch.getState();
			if (isFirst || conversion.counts.files !== files.length) await readFiles(conversion);
			else show(conversionId, { conversion, files: files.map((file) => changed.find(({ id }) => id === file.id) ?? file) });
		},
		{ onError: (error) => show(conversionId, { error }) },
	);
}

/** Tells of a batch where it is still looked at: another's files must never stand in its place. */
function show(conversionId: string | null, what: Partial<Pick<BatchState, 'conversion' | 'files' | 'error'>>): void {
	if (useBatch.getState().shownId === conversionId) useBatch.setState(what);
}

async function readFiles(conversion: Conversion): Promise<void> {
	const { id: conversionId } = conversion;
	try {
		show(conversionId, { conversion, files: await client.convert.files({ conversionId }) });
	} catch (error) {
		show(conversionId, { error });
	}
}

/** Begins a batch with files, whatever is shown; `begun` is told of it once there is one, while the rest is still being sent. */
export async function beginBatch(files: readonly File[], begun: (conversionId: string) => void): Promise<void> {
	await send(files, null, ({ id }) => {
		useBatch.setState({ ...none, shownId: id });
		begun(id);
	});
}

/** Sends files to the batch that is shown. A new one gets its id by that, which `begun` is told where it is still looked at. */
export async function addToBatch(files: readonly File[], begun: (conversionId: string) => void): Promise<void> {
	const { shownId = null } = useBatch.getState();
	useBatch.setState({ error: null });
	try {
		await send(files, shownId, (conversion) => showBegun(conversion, begun));
	} catch (error) {
		show(shownId, { error });
	}
}

/** Adds a file or a folder of the machine that Homeroom runs on to the batch that is shown; `begun` as with `addToBatch`. */
export async function addPath(path: string, begun: (conversionId: string) => void): Promise<void> {
	const { shownId = null } = useBatch.getState();
	useBatch.setState({ error: null });
	try {
		const conversion = await client.convert.addPath({ conversionId: shownId, path });
		if (shownId === null) showBegun(conversion, begun);
		await readFiles(conversion);
	} catch (error) {
		show(shownId, { error });
	}
}

function showBegun(conversion: Conversion, begun: (conversionId: string) => void): void {
	if (useBatch.getState().shownId !== null) return;
	useBatch.setState({ shownId: conversion.id, conversion });
	begun(conversion.id);
}

/** Sends files to a batch, with null to a new one. Rejects with the failure as long as there is no batch; from then on the batch tells it. */
async function send(files: readonly File[], to: string | null, begun: (conversion: Conversion) => void): Promise<void> {
	const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
	let [conversion, sentBytes]: [Conversion | null, number] = [null, 0];
	useBatch.setState({ sending: { sentBytes, totalBytes } });
	try {
		for (const piece of piecesOf(files)) {
			const isFirst: boolean = to === null && conversion === null;
			conversion = await client.convert.sendFiles({ conversionId: conversion?.id ?? to, files: piece });
			sentBytes += piece.reduce((sum, { file }) => sum + file.size, 0);
			if (isFirst) begun(conversion);
			show(conversion.id, { conversion });
			useBatch.setState({ sending: { sentBytes, totalBytes } });
		}
	} catch (error) {
		if (conversion === null) throw error;
		show(conversion.id, { error });
	} finally {
		useBatch.setState({ sending: null });
	}
	if (conversion) await readFiles(conversion);
}

export async function dropFile(fileId: string): Promise<void> {
	const { conversion: shown } = useBatch.getState();
	if (!shown) return;
	try {
		const conversion = await client.convert.dropFile({ conversionId: shown.id, fileId });
		show(shown.id, { conversion, files: useBatch.getState().files.filter(({ id }) => id !== fileId) });
	} catch (error) {
		show(shown.id, { error });
	}
}

/** Where the results go; null: they are kept here to be saved. */
export type Destination = { folder: string; existing: 'keep' | 'rename' | 'replace' } | null;

export async function startBatch(order: ConvertOrder, destination: Destination): Promise<void> {
	const { conversion: shown } = useBatch.getState();
	if (!shown) return;
	useBatch.setState({ error: null });
	const conversionId = shown.id;
	try {
		const conversion = await (destination ? client.convert.startInto({ conversionId, order, ...destination }) : client.convert.start({ conversionId, order }));
		await readFiles(conversion);
	} catch (error) {
		show(conversionId, { error });
	}
}

export async function steerBatch(how: 'pause' | 'resume' | 'cancel' | 'retry', jobId: string): Promise<void> {
	try {
		await client.jobs[how]({ jobId });
	} catch (error) {
		useBatch.setState({ error });
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
