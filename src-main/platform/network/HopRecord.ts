import { isFailure } from '#contract/errors.ts';
import type { HopAnswer } from './sendHop.ts';

/** One server that was asked for something, or would have been. It says nothing of what was asked: no path, no query, no text. */
export interface ConnectionRecord {
	/** When it began, in epoch ms. */
	at: number;
	purpose: string;
	/** The account that it was done for; null where none is known. */
	askedBy: string | null;
	/** Name and port of the server. */
	host: string;
	/**
	 * `underWay`: it begins; another record tells its end. `refused`: offline, so nothing was sent and no name looked up. `failed`: it came to no
	 * whole answer. `cut`: this app ended it before that, as it went offline, was closed, or wanted no more.
	 */
	outcome: 'underWay' | 'answered' | 'failed' | 'cut' | 'refused';
	/** The HTTP status of its answer; null where there was none. */
	status: number | null;
	/** Bytes of the body that was sent: the text that left this machine; 0 where no connection came about. */
	sentBytes: number;
	/** Bytes of the answer's body that came. */
	receivedBytes: number;
	ms: number;
}

/** Writes down how one server was asked, from the intent to the end of its answer: told when something leaves, and once when it is over. */
export class HopRecord {
	readonly host: string;
	readonly #what: Pick<ConnectionRecord, 'purpose' | 'askedBy' | 'host'>;
	readonly #tell: (record: ConnectionRecord) => void;
	readonly #at = Date.now();
	readonly #startedAt = performance.now();
	#hasLeft = false;
	#sentBytes = 0;
	#isTold = false;

	constructor(what: Pick<ConnectionRecord, 'purpose' | 'askedBy' | 'host'>, tell: (record: ConnectionRecord) => void) {
		this.host = what.host;
		this.#what = what;
		this.#tell = tell;
	}

	/** From here on something leaves: names are looked up, and the server is connected to. */
	leave(): void {
		this.#hasLeft = true;
		this.#tell({ ...this.#what, at: this.#at, outcome: 'underWay', status: null, sentBytes: 0, receivedBytes: 0, ms: 0 });
	}

	/** The server is connected, and a body of so many bytes goes to it. */
	send(bodyBytes: number): void {
		this.#sentBytes = bodyBytes;
	}

	/** Tells how it ended. What never left for another reason than being offline is no connection and is not told. */
	end(error: unknown, answer?: HopAnswer): void {
		const isRefused = !this.#hasLeft && isFailure(error, 'OFFLINE');
		if (this.#isTold || !(this.#hasLeft || isRefused)) return;
		this.#isTold = true;
		this.#tell({
			...this.#what,
			at: this.#at,
			outcome: isRefused ? 'refused' : outcomeOf(error),
			status: answer?.status ?? null,
			sentBytes: this.#sentBytes,
			receivedBytes: answer?.count.bytes ?? 0,
			ms: Math.round(performance.now() - this.#startedAt),
		});
	}
}

/** What is no failure is the wish of whoever asked. */
function outcomeOf(error: unknown): ConnectionRecord['outcome'] {
	if (error === null) return 'answered';
	return !isFailure(error) || error.code === 'OFFLINE' || error.code === 'SHUTTING_DOWN' ? 'cut' : 'failed';
}
