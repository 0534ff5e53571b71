import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { ConnectionLost } from './ConnectionLost.ts';
import type { ConnectionState } from './useConnection.ts';

/** One open connection to the app. `closed` settles when it is over and says whether the session is over too. */
export interface Transport {
	link: ClientLink<ClientContext>;
	closed: Promise<{ signedOut: boolean }>;
}

/** Opens one connection. `signedOut`: the app is there but refuses this page; `unreachable`: worth trying again. */
export type OpenTransport = () => Promise<Transport | 'signedOut' | 'unreachable'>;

const firstWaitMs = 300;
const longestWaitMs = 8_000;

/** How long to wait before the next try: twice as long each time, within bounds. Milliseconds; `attempt` counts from 0. */
export function backOffMs(attempt: number): number {
	return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 16));
}

/**
 * An oRPC link that outlives its connections: it opens one at the first call and a new one, with back-off, whenever it breaks.
 *
 * A call made while there is no connection waits for one. A call whose connection breaks rejects with `ConnectionLost`; it is
 * never sent twice. After `signedOut` nothing more is tried and every call rejects.
 */
export class ReconnectingLink implements ClientLink<ClientContext> {
	readonly #open: OpenTransport;
	readonly #onState: (state: ConnectionState) => void;
	readonly #wait: (ms: number) => Promise<void>;
	#current: Promise<Transport | null> | null = null;
	#breaks = 0;

	constructor(open: OpenTransport, onState: (state: ConnectionState) => void, wait: (ms: number) => Promise<void>) {
		this.#open = open;
		this.#onState = onState;
		this.#wait = wait;
	}

	/** How many connections have broken so far; a stream that fails after this rose failed because of it. */
	get breaks(): number {
		return this.#breaks;
	}

	async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
		const transport = await this.#ready(options.signal);
		if (transport === null) throw new ConnectionLost();
		const breaksBefore = this.#breaks;
		try {
			return await transport.link.call(path, input, options);
		} catch (error) {
			// A broken connection's own error says nothing to a person.
			if (this.#breaks > breaksBefore && options.signal?.aborted !== true) throw new ConnectionLost();
			throw error;
		}
	}

	/** Settles once there is a connection; rejects when the session is over or `signal` aborts. */
	async ready(signal?: AbortSignal): Promise<void> {
		if ((await this.#ready(signal)) === null) throw new ConnectionLost();
	}

	async #ready(signal: AbortSignal | undefined): Promise<Transport | null> {
		signal?.throwIfAborted();
		this.#current ??= this.#connect(true);
		if (signal === undefined) return this.#current;
		return Promise.race([this.#current, aborted(signal)]);
	}

	async #connect(isFirst: boolean): Promise<Transport | null> {
		this.#onState(isFirst ? 'connecting' : 'lost');
		for (let attempt = 0; ; attempt++) {
			const opened = await this.#open();
			if (opened === 'signedOut') {
				this.#onState('signedOut');
				return null;
			}
			if (opened !== 'unreachable') {
				this.#onState('open');
				void opened.closed.then(({ signedOut }) => this.#reconnect(signedOut));
				return opened;
			}
			this.#onState('lost');
			await this.#wait(backOffMs(attempt));
		}
	}

	#reconnect(signedOut: boolean): void {
		this.#breaks++;
		if (signedOut) {
			this.#onState('signedOut');
			this.#current = Promise.resolve(null);
		} else {
			this.#current = this.#connect(false);
		}
	}
}

function aborted(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
