import { type Failure, failure, isFailure } from '#contract/errors.ts';
import type { Bandwidth } from './Bandwidth.ts';
import type { Segment } from './BlockMap.ts';
import type { PartFile } from './PartFile.ts';
import { PassingFailure, type Patience } from './Patience.ts';
import type { Opened, Source } from './Source.ts';
import { StallWatch } from './StallWatch.ts';
import type { Tempo } from './transferContract.ts';

const mostConnections = 4;
/** A file smaller than this times the connections gets fewer of them. */
const connectionBytes = 8 * 1_048_576;
/** A limit lower than this is kept by one connection. */
const singleBytesPerSecond = 262_144;
const leastSegmentBytes = 4 * 1_048_576;
const mostSegmentBytes = 64 * 1_048_576;
const segmentsPerFile = 128;

/**
 * Fetches what a part file misses over several connections at once, of a server that gives no ranges over one.
 *
 * Work is cut into segments from the front on. A connection that is cut goes on at its very byte; one that has nothing left to do takes
 * half of the longest segment under way.
 */
export class Connections {
	readonly #source: Source;
	readonly #part: PartFile;
	readonly #patience: Patience;
	readonly #bandwidth: Bandwidth;
	readonly #tempo: Tempo;
	readonly #onBytes: (bytes: number) => void;
	readonly #stop = new AbortController();
	readonly #segmentBytes: number;
	#most: number;

	constructor(tools: { source: Source; part: PartFile; patience: Patience; bandwidth: Bandwidth; tempo: Tempo; onBytes: (bytes: number) => void }) {
		this.#source = tools.source;
		this.#part = tools.part;
		this.#patience = tools.patience;
		this.#bandwidth = tools.bandwidth;
		this.#tempo = tools.tempo;
		this.#onBytes = tools.onBytes;
		const { sizeBytes } = tools.part.map;
		this.#segmentBytes = Math.min(Math.max(sizeBytes / segmentsPerFile, leastSegmentBytes), mostSegmentBytes);
		this.#most = Math.min(Math.max(Math.ceil(sizeBytes / connectionBytes), 1), mostConnections);
	}

	/** Resolves once nothing is missing that nobody else holds. Throws the first failure that does not pass; all connections are ended by then. */
	async fetchMissing(): Promise<void> {
		while (this.#part.map.hasMissing) {
			if (this.#source.isRangeless) await this.#attempt(() => this.#connect({ start: 0, end: this.#part.map.sizeBytes }, null));
			else await this.#runAll();
		}
	}

	async #runAll(): Promise<void> {
		const count = this.#bandwidth.bytesPerSecond < singleBytesPerSecond ? 1 : this.#most;
		const lanes = Array.from({ length: count }, (_, lane) => this.#runLane(lane));
		try {
			await Promise.all(lanes);
		} catch (error) {
			this.#stop.abort(error);
			await Promise.allSettled(lanes);
			throw error;
		}
	}

	async #runLane(lane: number): Promise<void> {
		while (!this.#source.isRangeless && lane < this.#most) {
			const segment = this.#part.map.take(this.#segmentBytes, 2 * leastSegmentBytes);
			if (!segment) return;
			try {
				while (segment.position < segment.end && !this.#source.isRangeless && lane < this.#most) {
					await this.#attempt(() => this.#connect({ start: segment.position, end: segment.end }, segment));
				}
			} finally {
				this.#part.map.giveBack(segment);
			}
		}
	}

	/** Does `work`, and waits where it fails in a way that may pass. */
	async #attempt(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			const passing = passingOf(error);
			if (!passing) throw error;
			// Some servers count the connections of one address.
			if (passing.failure.code === 'RATE_LIMITED') this.#most = Math.max(1, this.#most - 1);
			await this.#patience.wait(passing, this.#stop.signal);
		}
	}

	/** Opens one connection and writes what it brings. A whole file that comes where a range was asked for is used where it fills a gap. */
	async #connect(range: { start: number; end: number }, segment: Segment | null): Promise<void> {
		const cut = new AbortController();
		const opened = await this.#source.open(range, AbortSignal.any([this.#stop.signal, cut.signal]));
		this.#part.begin(this.#source.etag);
		const isRange = opened.kind === 'range' && segment !== null;
		// Its blocks are for whoever reads the whole file.
		if (segment && !isRange) this.#part.map.giveBack(segment);
		const stalled = failure('DOWNLOAD_STALLED', { host: opened.host, afterMs: this.#tempo.stallMs });
		const watch = new StallWatch(this.#tempo, () => cut.abort(stalled));
		try {
			const isWhole = isRange ? await this.#fetch(opened, segment, watch) : await this.#fill(opened, watch);
			if (!isWhole) throw new PassingFailure(failure('NETWORK_FAILED', { host: opened.host, reason: 'broken' }));
		} finally {
			watch.stop();
			opened.body.destroy();
		}
	}

	/** Writes a range into its segment; false where it ended too early. */
	async #fetch({ body }: Opened, segment: Segment, watch: StallWatch): Promise<boolean> {
		for await (const bytes of pieces(body)) {
			// The server may send on after the end, and the end may have come down.
			const wanted = bytes.subarray(0, Math.max(0, segment.end - segment.position));
			this.#write(segment, wanted);
			if (wanted.length < bytes.length) break;
			await this.#count(bytes.length, watch);
		}
		return segment.position >= segment.end;
	}

	/** Writes from a whole file what is missing of it; false where it ended too early. */
	async #fill({ body }: Opened, watch: StallWatch): Promise<boolean> {
		const { map } = this.#part;
		let at = 0;
		let segment: Segment | null = null;
		try {
			for await (const bytes of pieces(body)) {
				for (let from = 0; from < bytes.length && at < map.sizeBytes; ) {
					const { start, end } = map.blockAt(at);
					if (at === start) segment = map.takeAt(at);
					const piece = bytes.subarray(from, from + end - at);
					if (segment) this.#write(segment, piece);
					from += piece.length;
					at += piece.length;
				}
				await this.#count(bytes.length, watch);
				if (at >= map.sizeBytes) break;
			}
		} finally {
			if (segment) map.giveBack(segment);
		}
		return at >= map.sizeBytes;
	}

	#write(segment: Segment, bytes: Buffer): void {
		if (bytes.length === 0) return;
		this.#part.write(segment, bytes);
		this.#patience.gained(bytes.length);
	}

	async #count(bytes: number, watch: StallWatch): Promise<void> {
		watch.came(bytes);
		this.#onBytes(bytes);
		if (this.#bandwidth.isLimited) await watch.hold(this.#bandwidth.take(bytes, this.#stop.signal));
	}
}

function pieces(body: Opened['body']): AsyncIterable<Buffer> {
	// A body that no encoding was set for gives buffers.
	return body as AsyncIterable<Buffer>;
}

/** What may go better another time; null for what will not, or is a bug. */
function passingOf(error: unknown): PassingFailure | null {
	if (error instanceof PassingFailure) return error;
	return isFailure(error) && mayPass(error) ? new PassingFailure(error) : null;
}

function mayPass(error: Failure): boolean {
	if (isFailure(error, 'NETWORK_FAILED')) return error.data.reason !== 'certificate';
	return error.code === 'DOWNLOAD_STALLED';
}
