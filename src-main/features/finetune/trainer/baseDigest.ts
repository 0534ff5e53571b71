import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ModelFile } from './readModelFile.ts';

/** The metadata of an adapter's file that names its base. */
export const baseDigestKey = 'homeroom.base_digest';

/** Of each tensor. */
const sampledBytes = 256;

/**
 * What tells a model from others without reading its weights: `sha256:` and the SHA-256 of its size and of its header's bytes, of each
 * file where it is split. The header has the vocabulary, all measures and where each tensor lies. `model` comes from `readModelFile`.
 */
export function baseDigest({ paths, headerBytes, fileBytes }: ModelFile): string {
	const hash = createHash('sha256').update(`${fileBytes} `);
	for (const [part, path] of paths.entries()) hash.update(readBeginning(path, headerBytes[part] ?? 0));
	return `sha256:${hash.digest('hex')}`;
}

/**
 * What tells a model from one of the same header that other weights were written into, as far as some bytes from the middle of each tensor
 * tell: the SHA-256 of these.
 */
export function sampleDigest({ paths, tensors }: ModelFile): string {
	const hash = createHash('sha256');
	for (const [part, path] of paths.entries()) {
		const file = openSync(path, 'r');
		try {
			for (const tensor of tensors.values()) {
				if (tensor.part !== part) continue;
				const length = Math.min(sampledBytes, tensor.bytes);
				hash.update(readAt(file, tensor.offset + Math.floor((tensor.bytes - length) / 2), length));
			}
		} finally {
			closeSync(file);
		}
	}
	return hash.digest('hex');
}

function readBeginning(path: string, bytes: number): Uint8Array {
	const file = openSync(path, 'r');
	try {
		return readAt(file, 0, bytes);
	} finally {
		closeSync(file);
	}
}

function readAt(file: number, offset: number, bytes: number): Uint8Array {
	const into = new Uint8Array(bytes);
	for (let filled = 0; filled < bytes; ) {
		const read = readSync(file, into, filled, bytes - filled, offset + filled);
		if (read === 0) throw new Error('The model file became shorter while it was read');
		filled += read;
	}
	return into;
}
