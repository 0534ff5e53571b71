import { closeSync, constants, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { BlockMap, type FinishedBlock, type Segment } from './BlockMap.ts';
import { createJournal, type Journal, type JournalHeader, reopenJournal } from './Journal.ts';
import type { FetchOrder } from './transferContract.ts';

/**
 * The file that a transfer writes into, with what is known of it: its blocks, and the journal beside it.
 *
 * Bytes are written at their place before the journal says that they are there.
 */
export class PartFile {
	readonly map: BlockMap;
	/** The ETag of what is there. */
	readonly etag: string | null;
	readonly #order: FetchOrder;
	readonly #file: number;
	#journal: Journal | null = null;
	#claimed: FinishedBlock[];
	#failedRuns = 0;

	constructor(order: FetchOrder) {
		this.#order = order;
		this.map = new BlockMap(order.sizeBytes, order.blockBytes);
		// A repair is of a file that is there; that of a download is made.
		this.#file = openSync(order.file, order.journal === null ? constants.O_RDWR : constants.O_RDWR | constants.O_CREAT, 0o600);
		ftruncateSync(this.#file, order.sizeBytes);
		const earlier = order.journal === null ? null : reopenJournal(order.journal, order);
		this.#journal = earlier?.journal ?? null;
		this.#failedRuns = earlier?.header.failedRuns ?? 0;
		this.etag = earlier?.header.etag ?? null;
		this.#claimed = [...(earlier?.blocks ?? [])].map(([block, sum]) => ({ block, sum })).toSorted((a, b) => a.block - b.block);
		for (const { block } of this.#claimed) this.map.hold(block);
		if (order.blocks) this.#keepAllBut(new Set(order.blocks));
	}

	/** Whether all of it was fetched already and found to be something else. */
	get hasFailedBefore(): boolean {
		return this.#failedRuns > 0;
	}

	/** Blocks of an earlier run, by the journal, in rising order: held until they are compared with what lies there. None the second time. */
	takeClaimed(): FinishedBlock[] {
		const claimed = this.#claimed;
		this.#claimed = [];
		return claimed;
	}

	/** Must be called before the first `write` of a run, with the ETag of what comes. */
	begin(etag: string | null): void {
		const { journal } = this.#order;
		if (journal !== null) this.#journal ??= createJournal(journal, this.#header(etag));
	}

	/** Writes what came for a segment at its place. */
	write(segment: Segment, bytes: Buffer): void {
		for (let written = 0; written < bytes.length; ) {
			written += writeSync(this.#file, bytes, written, bytes.length - written, segment.position + written);
		}
		const finished = this.map.advance(segment, bytes);
		if (finished.length === 0) return;
		this.#journal?.append(finished);
		for (const block of finished) this.map.finish(block);
	}

	/** Takes everything for missing, and remembers that it happened. */
	restart(): void {
		this.#journal?.close();
		this.#journal = null;
		this.#failedRuns++;
		for (let block = 0; block < this.map.count; block++) this.map.lose(block);
	}

	/** Throws the file away, and what is known of it. To be called after `close`. */
	discard(): void {
		rmSync(this.#order.file, { force: true });
		if (this.#order.journal !== null) rmSync(this.#order.journal, { force: true });
	}

	/** After it the bytes outlive a power cut. */
	sync(): void {
		fsyncSync(this.#file);
	}

	close(): void {
		this.#journal?.close();
		closeSync(this.#file);
	}

	#keepAllBut(blocks: Set<number>): void {
		for (let block = 0; block < this.map.count; block++) if (!blocks.has(block)) this.map.finish({ block, sum: 0 });
	}

	#header(etag: string | null): JournalHeader {
		const { sizeBytes, checksum, blockBytes } = this.#order;
		return { version: 1, sizeBytes, checksum, blockBytes, etag, failedRuns: this.#failedRuns };
	}
}
