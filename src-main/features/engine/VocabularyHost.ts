import type { Logger } from 'pino';
import { type HostClient, HostProcess } from './HostProcess.ts';
import { type ChatTurn, type EncodedPart, mostEncodedChats, type VocabularyOrder } from './host/hostContract.ts';

/** A text as tokens of a model, and which of them are to be learnt. */
export interface EncodedText {
	tokens: number[];
	learnt: boolean[];
}

export interface VocabularyOptions {
	node: string;
	hostEntry: string;
	log: Logger;
	order: VocabularyOrder;
	/** Without a word of the host for so long, it is ended. */
	silentMs: number;
	signal?: AbortSignal | undefined;
}

/** Letters of chats that are sent to the host at once; a chat that is longer goes alone. */
const batchLetters = 1_000_000;

/**
 * An engine host with the vocabulary of one model, which makes tokens of texts. It ends when `signal` aborts, and what is asked of it
 * then fails with the signal's reason.
 */
export class VocabularyHost {
	readonly #host: HostProcess;
	readonly #options: VocabularyOptions;
	readonly #leave = () => this.#host.kill({ kind: 'ended', detail: 'It was no longer needed.' });

	/** Throws `MODEL_FILE_INVALID`, `MODEL_LOAD_FAILED`, `MODEL_WORKER_CRASHED`, `TEMPLATE_TIMEOUT`, `TEMPLATE_FAILED`, or the reason of `signal`. */
	static async open(options: VocabularyOptions): Promise<VocabularyHost> {
		const opened = new VocabularyHost(options);
		try {
			await opened.#follow(opened.#host.call((client) => client.loadVocabulary(options.order)));
			return opened;
		} catch (error) {
			await opened.close();
			throw error;
		}
	}

	private constructor(options: VocabularyOptions) {
		const { node, hostEntry, log, order, signal } = options;
		this.#options = options;
		// A vocabulary has nothing to compute.
		this.#host = new HostProcess({ node, entry: hostEntry, name: order.name, log, env: { HOMEROOM_GPU: 'off' } });
		signal?.addEventListener('abort', this.#leave);
		if (signal?.aborted) this.#leave();
	}

	async *encodeChats(chats: readonly ChatTurn[][]): AsyncGenerator<EncodedText, void, void> {
		for (const batch of inBatches(chats)) {
			let count = 0;
			for await (const text of this.#join((client) => client.encodeChats({ chats: batch }))) {
				if (++count > batch.length) break;
				yield text;
			}
			if (count !== batch.length) throw await this.#refuse();
		}
	}

	async encodeText(text: string): Promise<number[]> {
		for await (const { tokens } of this.#join((client) => client.encodeText({ text }))) return tokens;
		throw await this.#refuse();
	}

	/** Ends the host. */
	async close(): Promise<void> {
		this.#options.signal?.removeEventListener('abort', this.#leave);
		await this.#host.stop();
	}

	/** Puts the parts of texts together again. */
	async *#join(ask: (client: HostClient) => Promise<AsyncIterable<EncodedPart>>): AsyncGenerator<EncodedText, void, void> {
		const parts = this.#host.stream(ask);
		let whole: EncodedText = { tokens: [], learnt: [] };
		for (;;) {
			const { value, done } = await this.#follow(parts.next());
			if (done) return;
			for (const code of value.coded) {
				whole.tokens.push(Math.floor(code / 2));
				whole.learnt.push(code % 2 === 1);
			}
			if (!value.done) continue;
			yield whole;
			whole = { tokens: [], learnt: [] };
		}
	}

	/** Waits for the host, but no longer than `silentMs`. */
	async #follow<T>(answer: Promise<T>): Promise<T> {
		const { silentMs, signal } = this.#options;
		const detail = `The engine did not answer for ${Math.round(silentMs / 1000)} seconds and was ended.`;
		const silence = setTimeout(() => this.#host.kill({ kind: 'silent', detail }), silentMs);
		try {
			const value = await answer;
			signal?.throwIfAborted();
			return value;
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		} finally {
			clearTimeout(silence);
		}
	}

	async #refuse(): Promise<unknown> {
		this.#host.refuse();
		return this.#host.ended;
	}
}

function* inBatches(chats: readonly ChatTurn[][]): Generator<ChatTurn[][], void, void> {
	let batch: ChatTurn[][] = [];
	let letters = 0;
	for (const turns of chats) {
		const length = turns.reduce((sum, { content }) => sum + content.length, 0);
		if (batch.length === mostEncodedChats || (batch.length > 0 && letters + length > batchLetters)) {
			yield batch;
			[batch, letters] = [[], 0];
		}
		batch.push(turns);
		letters += length;
	}
	if (batch.length > 0) yield batch;
}
