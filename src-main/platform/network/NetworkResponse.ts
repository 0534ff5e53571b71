import type { Readable } from 'node:stream';
import { failure } from '#contract/errors.ts';
import type { Headers } from './sendHop.ts';

/** A redirect that was followed. */
export interface Hop {
	/** Where the redirect came from. */
	url: string;
	status: number;
	/** Names in lower case. */
	headers: Headers;
}

const readMs = 60_000;

/**
 * What a server answered, whatever its status.
 *
 * The caller reads the body to its end, by `body`, `bytes` or `text`, or calls `discard`; until then the connection is held.
 * What breaks it is a failure (NETWORK_FAILED, OFFLINE) or what the caller's signal was aborted with.
 */
export class NetworkResponse {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Headers;
	/** Where the answer came from, after redirects. */
	readonly url: string;
	/** Redirects on the way, first to last. */
	readonly hops: readonly Hop[];
	readonly body: Readable;

	constructor(answer: { status: number; headers: Headers; url: string; hops: readonly Hop[]; body: Readable }) {
		this.status = answer.status;
		this.headers = answer.headers;
		this.url = answer.url;
		this.hops = answer.hops;
		this.body = answer.body;
	}

	get host(): string {
		return new URL(this.url).host;
	}

	/** Reads the whole body. SERVER_CONFUSED when it is longer than `limitBytes` or packed, NETWORK_FAILED when it takes over a minute. */
	async bytes(limitBytes: number): Promise<Buffer> {
		const { host } = this;
		const packing = this.headers['content-encoding'] ?? 'identity';
		const confused = (what: string) => failure('SERVER_CONFUSED', { host, what });
		const timer = setTimeout(() => this.body.destroy(failure('NETWORK_FAILED', { host, reason: 'timeout' })), readMs);
		try {
			if (packing !== 'identity') throw confused(packing);
			const pieces: Buffer[] = [];
			let length = 0;
			for await (const piece of this.body) {
				length += piece.length;
				if (length > limitBytes) throw confused(`more than ${limitBytes} bytes`);
				pieces.push(piece);
			}
			return Buffer.concat(pieces);
		} catch (error) {
			this.discard();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	/** Reads the whole body as UTF-8; fails as `bytes` does. */
	async text(limitBytes: number): Promise<string> {
		return (await this.bytes(limitBytes)).toString('utf8');
	}

	/** Lets go of a body that is not wanted. Safe to repeat. */
	discard(): void {
		this.body.destroy();
	}
}
