import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import type { Renewal } from './Access.ts';
import { ConnectionLost } from './ConnectionLost.ts';
import type { ConnectionState } from './useConnection.ts';

/** One open connection to the app. `closed` settles when it is over and says whether the app closed it for want of a session. */
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
 * never sent twice. A connection that was closed for want of a session is sought again once access is renewed; where that is
 * refused too, this page is signed out: nothing more is tried and every call rejects.
 *
 * A connection is good for as long as the access it was opened with: `reopen` takes the next calls to another before that ends.
 */
export class ReconnectingLink implements ClientLink<ClientContext> {
	readonly #open: OpenTransport;
	readonly #onState: (state: ConnectionState) => void;
	readonly #wait: (ms: number) => Promise<void>;
	readonly #renew: () => Promise<Renewal>;
	#current: Promise<Transport | null> | null = null;
	#newest: Transport | null = null;
	readonly #broken = new WeakSet<Transport>();
	#breaks = 0;

	constructor(
		open: OpenTransport,
		onState: (state: ConnectionState) => void,
		wait: (ms: number) => Promise<void>,
		renew: () => Promise<Renewal> = async () => 'refused',
	) {
		this.#open = open;
		this.#onState = onState;
		this.#wait = wait;
		this.#renew = renew;
	}

	/** How many connections have broken so far; a stream that fails after this rose failed because of it. */
	get breaks(): number {
		return this.#breaks;
	}

	async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
		const transport = await this.#ready(options.signal);
		if (transport === null) throw new ConnectionLost();
		try {
			return await transport.link.call(path, input, options);
		} catch (error) {
			// A broken connection's own error says nothing to a person.
			if (this.#broken.has(transport) && options.signal?.aborted !== true) throw new ConnectionLost();
			throw error;
		}
	}

	/** Settles once there is a connection; rejects when the session is over or `signal` aborts. */
	async ready(signal?: AbortSignal): Promise<void> {
		if ((await this.#ready(signal)) === null) throw new ConnectionLost();
	}

	/** Opens a connection beside the one there is, if any. Calls under way stay with that one until the app closes it, and nobody is told. */
	async reopen(): Promise<void> {
		const before = this.#current;
		if (before === null || (await before) === null) return;
		const opened = await this.#open();
		// Where this fails, the one there is goes on, and its end is met as any other.
		if (opened === 'signedOut' || opened === 'unreachable') return;
		this.#watch(opened);
		if (this.#current !== before) return;
		this.#newest = opened;
		this.#current = Promise.resolve(opened);
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
				this.#newest = opened;
				this.#watch(opened);
				return opened;
			}
			this.#onState('lost');
			await this.#wait(backOffMs(attempt));
		}
	}

	#watch(transport: Transport): void {
		void transport.closed.then(({ signedOut }) => {
			this.#breaks++;
			this.#broken.add(transport);
			if (this.#newest === transport) this.#current = signedOut ? this.#return() : this.#connect(false);
		});
	}

	async #return(): Promise<Transport | null> {
		if ((await this.#renew()) !== 'refused') return this.#connect(false);
		this.#onState('signedOut');
		return null;
	}
}

function aborted(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
