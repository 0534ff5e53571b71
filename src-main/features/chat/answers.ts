import type { Message, Piece } from '#contract/chat.ts';
import type { Usage } from '#contract/engine.ts';
import { failure, toFailureRecord } from '#contract/errors.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { GeneratePiece } from '../engine/engine.ts';

/** Text that came since is stored at most this often while an answer is written: what a crash can lose. */
const storeEveryMs = 500;

/** After so long an end that could not be stored is tried again, and then after twice as long each time, up to the longest. */
const retryMs = { first: 1000, longest: 60_000 };

/** What becomes of an answer, as it is stored. */
export type AnswerEnd = Pick<Message, 'content' | 'status' | 'usage' | 'finish' | 'failure'>;

/** Where answers are stored. */
export interface AnswerStore {
	/** Stores the text so far with what it used. */
	saveText(messageId: string, text: string, usage: Usage): void;
	/** Stores the end and hands back the message as it now is. */
	finish(messageId: string, end: AnswerEnd): Message;
}

interface Answer {
	messageId: string;
	conversationId: string;
	controller: AbortController;
	text: string;
	/** What the text so far has used; null while there is none. */
	usage: Usage | null;
	/** Length of the text after each piece; piece `seq` is at `seq - 1`. */
	ends: number[];
	storedAt: number;
	/** The message as it was stored at the end; `lost` where that failed. */
	outcome: Message | 'lost' | null;
	watchers: Set<() => void>;
	done: Promise<void>;
}

/**
 * The answers being written. They belong to the app: whoever watches may leave and come back, and misses nothing.
 *
 * One conversation has one answer at a time. However an answer ends, its end is stored before anyone is told. Where that fails, it is
 * kept and tried again until it is stored, and before any other answer begins: with it goes back what was set aside and not used.
 */
export class Answers {
	readonly #store: AnswerStore;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #active = new Map<string, Answer>();
	/** The ends that could not be stored yet, by message. */
	readonly #lost = new Map<string, AnswerEnd>();
	#retry: NodeJS.Timeout | undefined;
	#closed = false;

	constructor(options: { store: AnswerStore; log: Logger; now: () => number }) {
		this.#store = options.store;
		this.#log = options.log;
		this.#now = options.now;
	}

	/**
	 * Call it before another answer is paid for. Throws ALREADY_ANSWERING while an answer in this conversation is being written,
	 * SHUTTING_DOWN once the app closes.
	 */
	refuseSecond(conversationId: string): void {
		if (this.#closed) throw failure('SHUTTING_DOWN', {});
		this.#storeLost();
		if (this.#in(conversationId)) throw failure('ALREADY_ANSWERING', {});
	}

	/** Starts writing into a message that is stored as `streaming`. What `write` throws becomes the answer's failure. */
	start(message: { messageId: string; conversationId: string }, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): void {
		const answer: Answer = {
			...message,
			controller: new AbortController(),
			text: '',
			usage: null,
			ends: [],
			storedAt: this.#now(),
			outcome: null,
			watchers: new Set(),
			done: Promise.resolve(),
		};
		this.#active.set(answer.messageId, answer);
		answer.done = this.#run(answer, write);
	}

	/** The pieces after `afterSeq` and what follows, then the end; null when this message is not being written. */
	watch(messageId: string, afterSeq: number, signal?: AbortSignal): AsyncGenerator<Piece> | null {
		const answer = this.#active.get(messageId);
		return answer ? follow(answer, afterSeq, signal) : null;
	}

	/** Ends an answer, keeping its text; resolves when that is stored. */
	async stop(messageId: string): Promise<void> {
		const answer = this.#active.get(messageId);
		answer?.controller.abort('stopped');
		await answer?.done;
	}

	/** Ends the answer that is being written in a conversation, if there is one. */
	async stopIn(conversationId: string): Promise<void> {
		const answer = this.#in(conversationId);
		if (answer) await this.stop(answer.messageId);
	}

	/** Ends every answer; what came of each is stored as cut off. */
	async close(): Promise<void> {
		this.#closed = true;
		const answers = [...this.#active.values()];
		for (const answer of answers) answer.controller.abort('closing');
		await Promise.all(answers.map((answer) => answer.done));
		clearTimeout(this.#retry);
		this.#storeLost();
	}

	#in(conversationId: string): Answer | undefined {
		return [...this.#active.values()].find((answer) => answer.conversationId === conversationId);
	}

	async #run(answer: Answer, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): Promise<void> {
		const end = await this.#write(answer, write);
		try {
			answer.outcome = this.#store.finish(answer.messageId, end);
		} catch (error) {
			// The row stays `streaming` with the text stored last until then, and becomes `cut` where the app ends before.
			this.#log.error({ err: error, messageId: answer.messageId }, 'the end of an answer could not be stored');
			answer.outcome = 'lost';
			this.#lost.set(answer.messageId, end);
			this.#retryAfter(retryMs.first);
		}
		this.#active.delete(answer.messageId);
		tell(answer);
	}

	#retryAfter(waitMs: number): void {
		if (this.#closed) return;
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => {
			this.#storeLost();
			if (this.#lost.size > 0) this.#retryAfter(Math.min(2 * waitMs, retryMs.longest));
		}, waitMs).unref();
	}

	/** Tries to store what could not be; what cannot be yet stays. */
	#storeLost(): void {
		for (const [messageId, end] of this.#lost) {
			try {
				this.#store.finish(messageId, end);
				this.#lost.delete(messageId);
			} catch (error) {
				this.#log.warn({ err: error, messageId }, 'the end of an answer could not be stored yet');
			}
		}
	}

	async #write(answer: Answer, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): Promise<AnswerEnd> {
		const { signal } = answer.controller;
		try {
			for await (const piece of write(signal)) {
				if (piece.type === 'text') this.#add(answer, piece);
				else if (piece.type === 'end') return endOf(answer, signal, { usage: piece.usage, finish: piece.finish });
			}
			throw new Error('the engine ended an answer without saying how');
		} catch (error) {
			if (signal.aborted) return endOf(answer, signal, { usage: answer.usage, finish: 'aborted' });
			const record = toFailureRecord(error, answer.messageId);
			if (record.code === 'INTERNAL') this.#log.error({ err: error, messageId: answer.messageId }, 'an answer failed');
			return { content: answer.text, status: answer.text === '' ? 'failed' : 'cut', usage: answer.usage, finish: null, failure: record };
		}
	}

	#add(answer: Answer, { text, usage }: { text: string; usage: Usage }): void {
		if (text === '') return;
		answer.text += text;
		answer.usage = usage;
		answer.ends.push(answer.text.length);
		tell(answer);
		if (this.#now() - answer.storedAt < storeEveryMs) return;
		answer.storedAt = this.#now();
		this.#store.saveText(answer.messageId, answer.text, usage);
	}
}

function endOf(answer: Answer, signal: AbortSignal, how: Pick<AnswerEnd, 'usage' | 'finish'>): AnswerEnd {
	const status = how.finish !== 'aborted' ? 'complete' : signal.reason === 'closing' ? 'cut' : 'stopped';
	return { content: answer.text, status, failure: null, ...how };
}

function tell(answer: Answer): void {
	for (const wake of answer.watchers) wake();
}

/** A slow reader costs no more than the text itself: what it has not taken is one piece, numbered as the last that is in it. */
async function* follow(answer: Answer, afterSeq: number, signal: AbortSignal | undefined): AsyncGenerator<Piece> {
	let sent = Math.min(afterSeq, answer.ends.length);
	const news = latest<null>(
		(push) => {
			const wake = () => push(null);
			wake();
			answer.watchers.add(wake);
			return () => answer.watchers.delete(wake);
		},
		{ signal },
	);
	for await (const _ of news) {
		const seq = answer.ends.length;
		if (seq > sent) {
			const from = answer.ends[sent - 1] ?? 0;
			sent = seq;
			yield { type: 'text', seq, text: answer.text.slice(from, answer.ends[seq - 1]) };
		}
		if (answer.outcome === 'lost') throw failure('INTERNAL', { requestId: answer.messageId });
		if (answer.outcome !== null && sent === answer.ends.length) {
			yield { type: 'end', seq: sent + 1, message: answer.outcome };
			return;
		}
	}
}
