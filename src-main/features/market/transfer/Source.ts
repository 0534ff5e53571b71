import type { Readable } from 'node:stream';
import type { Failure } from '#contract/errors.ts';
import type { Network } from '../../../platform/network/Network.ts';
import type { NetworkResponse } from '../../../platform/network/NetworkResponse.ts';
import { refusalOf } from '../refusalOf.ts';
import { judgeAnswer, strongEtag } from './judgeAnswer.ts';
import { PassingFailure } from './Patience.ts';
import type { FetchOrder } from './transferContract.ts';

/** Bytes on their way: those of the range asked for, or all of the file from its first one. */
export interface Opened {
	kind: 'range' | 'whole';
	body: Readable;
	host: string;
}

/** Changes of the ETag after which it is no longer sent along: servers that do not agree among themselves. */
const mostChanges = 3;

/** The server's side of a transfer: opens connections, each from the address first asked, and knows what the server can do. */
export class Source {
	readonly #network: Network;
	readonly #order: FetchOrder;
	#etag: string | null;
	#changes = 0;
	#isRangeless = false;
	/** How the server refused the token, which is not sent any more. */
	#tokenRefusal: Failure | null = null;

	constructor(network: Network, order: FetchOrder, etag: string | null) {
		this.#network = network;
		this.#order = order;
		this.#etag = etag;
	}

	/** The server answers with the whole file whatever is asked for. */
	get isRangeless(): boolean {
		return this.#isRangeless;
	}

	/** A strong ETag of what comes; null where the server names none. */
	get etag(): string | null {
		return this.#etag;
	}

	/** The file was another than the one first seen, by its ETag. */
	get hasChanged(): boolean {
		return this.#changes > 0;
	}

	/** Asks for a range (`end` not included). Throws a failure, or a PassingFailure where it may go better another time. */
	async open(range: { start: number; end: number }, signal: AbortSignal): Promise<Opened> {
		for (;;) {
			const opened = await this.#ask(this.#isRangeless ? null : range, signal);
			if (opened) return opened;
		}
	}

	/** Null: what was learned from the answer changes what is to be asked. */
	async #ask(range: { start: number; end: number } | null, signal: AbortSignal): Promise<Opened | null> {
		const { url, fileName, sizeBytes, tempo } = this.#order;
		const token = this.#tokenRefusal === null ? this.#order.token : undefined;
		const ifRange = range && this.#changes < mostChanges ? this.#etag : null;
		const response = await this.#network.request({
			url,
			token,
			headers: { ...(range ? { range: `bytes=${range.start}-${range.end - 1}` } : {}), ...(ifRange === null ? {} : { 'if-range': ifRange }) },
			purpose: 'download',
			signal,
			timeoutMs: tempo.stallMs,
		});
		const { status, headers, host } = response;
		const verdict = judgeAnswer({ range, sizeBytes, fileName, ifRange }, { status, headers, host, wasRedirected: response.hops.length > 0 });
		switch (verdict.kind) {
			case 'range':
			case 'whole':
				this.#see(strongEtag(headers));
				this.#isRangeless ||= verdict.kind === 'whole';
				return { kind: verdict.kind, body: response.body, host };
			case 'changed':
				this.#changes++;
				this.#etag = strongEtag(headers);
				break;
			case 'rangeRefused':
				this.#isRangeless = true;
				break;
			case 'passing':
				response.discard();
				throw new PassingFailure(verdict.failure, verdict.afterMs);
			case 'refused':
				await this.#takeRefusal(response, token);
				return null;
			default:
				throw new Error(`unknown verdict ${String(verdict satisfies never)}`);
		}
		response.discard();
		return null;
	}

	/** Lets a refused token be left out, since what is public is there for all; throws the refusal where none was sent. */
	async #takeRefusal(response: NetworkResponse, token: string | undefined): Promise<void> {
		const refusal = await refusalOf(response, { name: this.#order.fileName, hasToken: token !== undefined, now: Date.now() });
		if (response.status !== 401 || token === undefined) throw this.#tokenRefusal ?? refusal;
		this.#tokenRefusal = refusal;
	}

	#see(etag: string | null): void {
		if (etag === null) return;
		if (this.#etag !== null && etag !== this.#etag) this.#changes++;
		this.#etag = etag;
	}
}
