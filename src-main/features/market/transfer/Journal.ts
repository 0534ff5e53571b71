import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { FinishedBlock } from './BlockMap.ts';

const header = z.object({
	version: z.literal(1),
	sizeBytes: z.number().int(),
	checksum: z.string(),
	blockBytes: z.number().int(),
	/** Of the answer that the first bytes came from. */
	etag: z.string().nullable(),
	/** How often all of it was fetched, and found to be something else in the end. */
	failedRuns: z.number().int(),
});
export type JournalHeader = z.infer<typeof header>;

/** A block number and its CRC-32, both as little-endian 32-bit numbers. */
const recordBytes = 8;

/**
 * Notes which blocks of a part file are there, beside it: one line of JSON, then a record for each block.
 *
 * Nothing is flushed to the disk. After a kill the records are as they were written; after a power cut they may be anything, and so
 * may the blocks. That is why a resumed transfer reads each block again and compares it with its record.
 */
export class Journal {
	readonly #file: number;
	#atBytes: number;

	constructor(file: number, atBytes: number) {
		this.#file = file;
		this.#atBytes = atBytes;
	}

	append(finished: FinishedBlock[]): void {
		const records = Buffer.alloc(finished.length * recordBytes);
		for (const [i, { block, sum }] of finished.entries()) {
			records.writeUInt32LE(block, i * recordBytes);
			records.writeUInt32LE(sum, i * recordBytes + 4);
		}
		writeSync(this.#file, records, 0, records.length, this.#atBytes);
		this.#atBytes += records.length;
	}

	close(): void {
		closeSync(this.#file);
	}
}

/** Begins a journal anew; one that was there is lost. */
export function createJournal(path: string, about: JournalHeader): Journal {
	const file = openSync(path, 'w', 0o600);
	const line = Buffer.from(`${JSON.stringify(about)}\n`);
	writeSync(file, line);
	return new Journal(file, line.length);
}

/**
 * Goes on with the journal of an earlier run. Null where there is none that can be used: it is of another file, or unreadable.
 *
 * A record that was torn by a kill, or names a block that the file does not have, is left out.
 */
export function reopenJournal(
	path: string,
	wanted: Pick<JournalHeader, 'sizeBytes' | 'checksum' | 'blockBytes'>,
): { journal: Journal; header: JournalHeader; blocks: Map<number, number> } | null {
	const read = readJournal(path);
	if (!read || read.header.sizeBytes !== wanted.sizeBytes || read.header.checksum !== wanted.checksum || read.header.blockBytes !== wanted.blockBytes)
		return null;
	const file = openSync(path, 'r+');
	// What is appended must not complete a torn record.
	ftruncateSync(file, read.wholeBytes);
	return { journal: new Journal(file, read.wholeBytes), header: read.header, blocks: read.blocks };
}

/** Bytes of a part file that its journal knows of; 0 where there is no journal. They are still to be checked. */
export function keptBytes(journalPath: string): number {
	const read = readJournal(journalPath);
	if (!read) return 0;
	const { sizeBytes, blockBytes } = read.header;
	return [...read.blocks.keys()].reduce((bytes, block) => bytes + Math.min(blockBytes, sizeBytes - block * blockBytes), 0);
}

/** What a journal says; null where it is none. `wholeBytes` is its length without a torn record. */
export function readJournal(path: string): { header: JournalHeader; blocks: Map<number, number>; wholeBytes: number } | null {
	const bytes = readIfThere(path);
	const lineEnd = bytes?.indexOf('\n') ?? -1;
	if (!bytes || lineEnd < 0) return null;
	const about = parseHeader(bytes.toString('utf8', 0, lineEnd));
	if (!about) return null;
	const blockCount = Math.ceil(about.sizeBytes / about.blockBytes);
	const blocks = new Map<number, number>();
	let at = lineEnd + 1;
	for (; at + recordBytes <= bytes.length; at += recordBytes) {
		const block = bytes.readUInt32LE(at);
		if (block < blockCount) blocks.set(block, bytes.readUInt32LE(at + 4));
	}
	return { header: about, blocks, wholeBytes: at };
}

function readIfThere(path: string): Buffer | null {
	try {
		return readFileSync(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
		throw error;
	}
}

function parseHeader(line: string): JournalHeader | null {
	try {
		return header.parse(JSON.parse(line));
	} catch {
		return null;
	}
}
