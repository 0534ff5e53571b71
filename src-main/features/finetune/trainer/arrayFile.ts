import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../../platform/disk/syncFolder.ts';
import { refuseDisk } from './refuseDisk.ts';
import { TrainerRefusal } from './TrainerRefusal.ts';

// A file of arrays is one line of JSON, the numbers as they lie in memory (little-endian F32), and the SHA-256 of all that.

const hashBytes = 32;
const pieceBytes = 2 ** 20;
const longestHead = 2 ** 16;

/**
 * Writes arrays with a head that tells what they are.
 *
 * The file is replaced as a whole and is on the disk when this returns (written beside it as `.part`, synced, renamed): whenever the
 * process or the power ends, the one under the name is whole. The arrays may not change meanwhile.
 */
export async function writeArrays(file: string, head: object, arrays: readonly Float32Array[]): Promise<void> {
	const part = `${file}.part`;
	await refuseDisk(async () => {
		try {
			const handle = await open(part, 'w', 0o600);
			try {
				const hash = createHash('sha256');
				for (const piece of [Buffer.from(`${JSON.stringify(head)}\n`), ...arrays.map(bytesOf)]) {
					hash.update(piece);
					await handle.writeFile(piece);
				}
				await handle.writeFile(hash.digest());
				await handle.sync();
			} finally {
				await handle.close();
			}
			await rename(part, file);
			await syncFolder(dirname(file));
		} catch (error) {
			await rm(part, { force: true });
			throw error;
		}
	});
}

/**
 * Reads what `writeArrays` wrote into arrays of the same lengths, once `check` has found the head to be the right one.
 *
 * A file that is damaged or holds other lengths is refused (`badCheckpoint`), and the arrays are as they were.
 */
export async function readArrays<Head>(file: string, check: (head: unknown) => Head, arrays: readonly Float32Array[]): Promise<Head> {
	const handle = await open(file, 'r').catch((cause: unknown) => {
		throw new TrainerRefusal('badCheckpoint', 'The saved state of this training is not there.', { cause });
	});
	try {
		const { size } = await handle.stat();
		const beginning = await readAt(handle, 0, Math.min(size, longestHead));
		const headBytes = beginning.indexOf('\n') + 1;
		const head = check(parse(beginning.subarray(0, headBytes).toString('utf8')));
		const numberBytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
		if (size !== headBytes + numberBytes + hashBytes || !(await isWhole(handle, size))) throw damaged();
		let offset = headBytes;
		for (const array of arrays) {
			await fill(handle, bytesOf(array), offset);
			offset += array.byteLength;
		}
		return head;
	} finally {
		await handle.close();
	}
}

async function isWhole(handle: FileHandle, size: number): Promise<boolean> {
	const hash = createHash('sha256');
	for (let offset = 0; offset < size - hashBytes; offset += pieceBytes)
		hash.update(await readAt(handle, offset, Math.min(pieceBytes, size - hashBytes - offset)));
	return hash.digest().equals(await readAt(handle, size - hashBytes, hashBytes));
}

async function readAt(handle: FileHandle, offset: number, bytes: number): Promise<Buffer> {
	const into = Buffer.alloc(bytes);
	await fill(handle, into, offset);
	return into;
}

async function fill(handle: FileHandle, into: Uint8Array, offset: number): Promise<void> {
	for (let filled = 0; filled < into.length; ) {
		const { bytesRead } = await handle.read(into, filled, Math.min(into.length - filled, 2 ** 30), offset + filled);
		if (bytesRead === 0) throw damaged();
		filled += bytesRead;
	}
}

function parse(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch (cause) {
		throw new TrainerRefusal('badCheckpoint', 'The saved state of this training is damaged.', { cause });
	}
}

function bytesOf(array: Float32Array): Uint8Array {
	return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function damaged(): TrainerRefusal {
	return new TrainerRefusal('badCheckpoint', 'The saved state of this training is damaged.');
}
