import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { failure, isFailure } from '#contract/errors.ts';
import { checkRoom, freeBytes } from '../disk/room.ts';

const uploadId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Kept free for everything else on this disk: 1 GiB. */
const spareBytes = 1_073_741_824;
/** The free space is looked at again each time this much has come: 256 MiB. */
const lookEveryBytes = 268_435_456;

/**
 * Stores a file that a browser sends as `<uploads>/<id>`, for `library.importUpload` to take from there.
 *
 * It is written under another name, flushed and renamed, so a file with its name is whole. Refused with DISK_FULL before the first
 * byte where its announced size would leave less than 1 GiB free, and on the way when the disk fills up; what was written is then
 * deleted, as it is when the sender goes away.
 */
export async function receiveUpload(body: Readable, options: { folder: string; id: string; announcedBytes: number | null }): Promise<{ sizeBytes: number }> {
	if (!uploadId.test(options.id)) throw failure('INVALID_INPUT', { issues: [{ path: 'id', message: 'The id of an upload is a UUID in lower case.' }] });
	const whole = path.join(options.folder, options.id);
	const part = `${whole}.part`;
	await checkRoom(options.folder, { neededBytes: options.announcedBytes ?? 0, spareBytes });
	let isOurs = false;
	let sizeBytes = 0;
	let lookedAtBytes = 0;
	const counted = new Transform({
		async transform(chunk: Buffer, _encoding, done) {
			sizeBytes += chunk.length;
			if (sizeBytes - lookedAtBytes < lookEveryBytes) return done(null, chunk);
			lookedAtBytes = sizeBytes;
			await checkRoom(options.folder, { neededBytes: 0, spareBytes }).then(() => done(null, chunk), done);
		},
	});
	try {
		// `wx`: a second request under the same id must not write into the first one's file.
		const file = createWriteStream(part, { flags: 'wx', mode: 0o600 });
		file.once('open', () => {
			isOurs = true;
		});
		await pipeline(body, counted, file);
		await flush(part);
		await rename(part, whole);
		return { sizeBytes };
	} catch (error) {
		if (isOurs) await rm(part, { force: true });
		if (isFailure(error) || !(error instanceof Error) || !('code' in error)) throw error;
		if (error.code === 'ENOSPC')
			throw failure('DISK_FULL', { neededBytes: options.announcedBytes ?? sizeBytes, freeBytes: await freeBytes(options.folder) }, error);
		if (error.code === 'EEXIST') throw failure('INVALID_INPUT', { issues: [{ path: 'id', message: 'This upload is on its way already.' }] }, error);
		throw error;
	}
}

/** Deletes what uploads of an earlier run left unfinished; call it once, before the first upload. */
export async function removeUnfinishedUploads(folder: string): Promise<void> {
	for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(path.join(folder, name), { force: true });
}

async function flush(file: string): Promise<void> {
	const handle = await open(file, 'r+');
	await handle.sync();
	await handle.close();
}
