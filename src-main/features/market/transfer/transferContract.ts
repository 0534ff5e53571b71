import type { ErrorCode, FailureRecord } from '#contract/errors.ts';
import type { ConnectionRecord } from '../../../platform/network/HopRecord.ts';
import type { NetworkPolicy } from '../../../platform/network/Network.ts';

/** Waits and limits of a transfer, in ms and bytes. The app uses `usualTempo`; tests use shorter ones. */
export interface Tempo {
	/** A connection that brought fewer than `stallBytes` in this time is given up and made anew. */
	stallMs: number;
	stallBytes: number;
	/** The wait after the first fruitless try; it doubles with each, up to `mostWaitMs`. */
	firstWaitMs: number;
	mostWaitMs: number;
	/** Fruitless tries in a row, with the server there, after which the transfer fails. */
	tries: number;
	/** The same with those where the network or the server is away, which may last a night; at least `tries`. */
	awayTries: number;
	/** The longest `Retry-After` that is waited for. */
	mostRetryAfterMs: number;
}

export const usualTempo: Tempo = {
	stallMs: 20_000,
	stallBytes: 4096,
	firstWaitMs: 1000,
	mostWaitMs: 60_000,
	tries: 9,
	awayTries: 1000,
	mostRetryAfterMs: 600_000,
};

/** What the transferring thread is given. */
export interface FetchOrder {
	kind: 'fetch';
	url: string;
	token: string | undefined;
	sizeBytes: number;
	checksum: string;
	fileName: string;
	/** The file that is written into. */
	file: string;
	/** Where the finished blocks are noted; null for a repair, of which `blocks` are to be fetched. */
	journal: string | null;
	blocks: number[] | null;
	blockBytes: number;
	workerFile: string;
	policy: NetworkPolicy;
	bytesPerSecond: number | null;
	tempo: Tempo;
}

/** What the thread that reads the file back is given. `sums`: it sums up each block as well. */
export interface ReadBackOrder {
	kind: 'readBack';
	file: string;
	sizeBytes: number;
	blockBytes: number;
	checksum: string;
	sums: boolean;
}

export type ThreadOrder = FetchOrder | ReadBackOrder;

/** What the app tells a running transfer. */
export interface LiveTerms {
	policy: NetworkPolicy;
	bytesPerSecond: number | null;
}

export interface TransferProgress {
	phase: 'connecting' | 'downloading' | 'waiting' | 'checking';
	/** Of the file, those of earlier runs included. */
	bytesDone: number;
	/** Over the last seconds; null while nothing comes. */
	bytesPerSecond: number | null;
	/** Why it waits, and until when, in epoch ms, before it tries again. */
	waiting: { until: number; failure: FailureRecord } | null;
}

/** What the transferring thread says. A failure travels as its code and data, since threads do not pass on classes. */
export type FetchReply =
	| { kind: 'progress'; progress: TransferProgress }
	| { kind: 'log'; fields: object; message: string }
	| { kind: 'connection'; record: ConnectionRecord }
	| { kind: 'done'; sha256: string; blockSums: Uint8Array }
	| { kind: 'failed'; code: ErrorCode; data: unknown }
	| { kind: 'diskFailed'; code: string; message: string };

/** What the transferring thread asks of the one that reads back. It does one after the other. */
export type ReadBackAsk =
	/** Compare these blocks with their sums. */
	| { kind: 'compare'; blocks: number[]; sums: number[] }
	/** The file is right up to this byte. */
	| { kind: 'advance'; upTo: number }
	/** Nothing of the file is right. */
	| { kind: 'restart' }
	| { kind: 'finish' };

export type ReadBackReply =
	| { kind: 'compared'; bad: number[] }
	| { kind: 'finished'; sha256: string; matches: boolean; blockSums: Uint8Array | null }
	| { kind: 'diskFailed'; code: string; message: string };
