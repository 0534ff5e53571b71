import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { RequestOptions } from 'node:http';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CancellationToken, type DownloadOptions, HttpExecutor } from 'builder-util-runtime';
import { failure } from '#contract/errors.ts';
import type { Network } from '../network/Network.ts';

/** The list of what is new is a page of text; the packages themselves are streamed. */
const mostListBytes = 1_048_576;
const purpose = 'update';

/**
 * Lets electron-updater ask the outside through the app's one door, so that the airplane switch, the proxy and the record of connections count for
 * it as for everything else.
 */
export class NetworkExecutor extends HttpExecutor<never> {
	readonly #network: Pick<Network, 'request'>;

	constructor(network: Pick<Network, 'request'>) {
		super();
		this.#network = network;
	}

	override async request(options: RequestOptions, cancellationToken?: CancellationToken): Promise<string | null> {
		const answer = await this.#ask(addressOf(options), cancellationToken);
		return await answer.text(mostListBytes);
	}

	/** Writes a package to `destination` and holds it to its checksum; what is not whole, or not what it should be, does not stay. */
	async download(url: URL, destination: string, { cancellationToken, onProgress, sha512 }: DownloadOptions): Promise<string> {
		const answer = await this.#ask(url.href, cancellationToken);
		const total = Number(answer.headers['content-length'] ?? 0);
		const sum = createHash('sha512');
		const startedAt = Date.now();
		let transferred = 0;
		const count = new Transform({
			transform(piece: Buffer, _encoding, done) {
				sum.update(piece);
				transferred += piece.length;
				const seconds = Math.max(0.001, (Date.now() - startedAt) / 1000);
				onProgress?.({ total, transferred, delta: piece.length, percent: total > 0 ? (100 * transferred) / total : 0, bytesPerSecond: transferred / seconds });
				done(null, piece);
			},
		});
		try {
			await pipeline(answer.body, count, createWriteStream(destination, { mode: 0o600 }));
			if (!sha512 || sum.digest('base64') !== sha512) throw failure('CHECKSUM_MISMATCH', { fileName: path.basename(url.pathname) });
		} catch (error) {
			await rm(destination, { force: true });
			throw error;
		}
		return destination;
	}

	override async downloadToBuffer(url: URL, { cancellationToken }: DownloadOptions): Promise<Buffer> {
		return await (await this.#ask(url.href, cancellationToken)).bytes(mostListBytes);
	}

	override createRequest(): never {
		throw new Error('The network is asked in request and download alone.');
	}

	async #ask(url: string, cancellationToken: CancellationToken | undefined) {
		const stop = new AbortController();
		if (cancellationToken?.cancelled) stop.abort();
		cancellationToken?.once('cancel', () => stop.abort());
		const answer = await this.#network.request({ url, purpose, signal: stop.signal });
		if (answer.status === 200) return answer;
		answer.discard();
		throw failure('SERVER_FAILED', { host: answer.host, status: answer.status });
	}
}

/** The address that electron-updater has taken apart. */
function addressOf({ protocol, hostname, port, path: pathAndQuery }: RequestOptions): string {
	return `${protocol ?? 'https:'}//${hostname}${port ? `:${port}` : ''}${pathAndQuery ?? '/'}`;
}
