import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportProblem } from '#contract/chatImport.ts';
import { failure, isFailure } from '#contract/errors.ts';
import { ArchiveUnfit, PackedFiles } from '../../../platform/archives/PackedFiles.ts';
import type { ImportFile } from './foreignChats.ts';

const mostPacked = 200_000;
/** Of an archive, unpacked: more than anybody has said, and less than a disk. */
const mostUnpackedBytes = 2 ** 32;
const uploadIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export type ImportSource = { files: { path: string; file: File }[] } | { uploadId: string; fileName: string } | { path: string };

/** The files of an import. `drop` lets go of them, and of what was sent for them. */
export interface OpenedSource {
	files: ImportFile[];
	/** Of several, those that could not even be opened. */
	problems: ImportProblem[];
	close(): void;
	/** Deletes what was sent to the upload address. */
	drop(): Promise<void>;
}

/** Opens what conversations are to be found in: single files, a folder of them, or an archive, which is never unpacked to the disk. Throws FILE_NOT_FOUND, DOCUMENT_INVALID. */
export async function openSource(source: ImportSource, uploadsFolder: string): Promise<OpenedSource> {
	if ('files' in source) return openSent(source.files);
	if ('uploadId' in source && !uploadIdForm.test(source.uploadId)) throw failure('FILE_NOT_FOUND', { path: source.fileName });
	const file = 'uploadId' in source ? join(uploadsFolder, source.uploadId) : source.path;
	const name = 'uploadId' in source ? source.fileName : source.path;
	const stats = await stat(file).catch(() => null);
	if (!stats?.isFile()) throw failure('FILE_NOT_FOUND', { path: name });
	const drop = async () => {
		if ('uploadId' in source) await rm(file, { force: true });
	};
	if (!isZip(name))
		return { close: () => {}, drop, problems: [], files: [{ path: basename(name), sizeBytes: stats.size, open: () => createReadStream(file) }] };
	return { ...(await openZip(file, name)), problems: [], drop };
}

/** Files that came with a call, some of which may be archives. One of several that cannot be opened keeps the others from nothing. */
async function openSent(sent: readonly { path: string; file: File }[]): Promise<OpenedSource> {
	const opened: Pick<OpenedSource, 'files' | 'close'>[] = [];
	const problems: ImportProblem[] = [];
	const close = () => {
		for (const each of opened) each.close();
	};
	try {
		for (const { path, file } of sent) {
			if (!isZip(path)) {
				opened.push({ files: [{ path, sizeBytes: file.size, open: () => file.stream() }], close: () => {} });
				continue;
			}
			try {
				const packed = await openZip(Buffer.from(await file.arrayBuffer()), path);
				// What stands in one folder belongs together: those of two archives are not of one.
				opened.push({ ...packed, files: packed.files.map((each) => ({ ...each, path: `${path}/${each.path}` })) });
			} catch (error) {
				if (sent.length === 1 || !isFailure(error, 'DOCUMENT_INVALID')) throw error;
				problems.push({ where: basename(path).slice(0, 200), code: error.data.reason === 'damaged' ? 'damaged' : 'tooLarge', count: 1 });
			}
		}
	} catch (error) {
		close();
		throw error;
	}
	return { files: opened.flatMap(({ files }) => files), problems, close, drop: async () => {} };
}

async function openZip(archive: string | Buffer, name: string): Promise<Pick<OpenedSource, 'files' | 'close'>> {
	const packed = await PackedFiles.open(archive, mostPacked).catch((error: unknown) => {
		if (!(error instanceof ArchiveUnfit)) throw error;
		throw failure('DOCUMENT_INVALID', { fileName: basename(name).slice(-255), reason: 'damaged', detail: error.message }, error);
	});
	// Pictures and sounds of an export are not looked at.
	const wanted = [...packed.files.values()].filter((entry) => /\.jsonl?$/i.test(entry.name));
	const files = wanted.map((entry) => ({ path: entry.name, sizeBytes: entry.bytes, open: () => entry.open() }));
	if (files.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0) > mostUnpackedBytes) {
		packed.close();
		throw failure('DOCUMENT_INVALID', { fileName: basename(name).slice(-255), reason: 'tooMuchInside', detail: '' });
	}
	return { files, close: () => packed.close() };
}

function isZip(name: string): boolean {
	return /\.zip$/i.test(name);
}
