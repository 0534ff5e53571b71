import type { Message, Piece } from '#contract/chat.ts';
import { failure, toFailureRecord } from '#contract/errors.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { latest } from '../../platform/rpc/latest.ts';
import type { GeneratePiece } from '../engine/engine.ts';

/** Text that came since is stored at most this often while an answer is written: what a crash can lose. */
const storeEveryMs = 500;

/** What becomes of an answer, as it is stored. */
export type AnswerEnd = Pick<Message, 'content' | 'status' | 'usage' | 'finish' | 'failure'>;

/** Where answers are stored. */
export interface AnswerStore {
	saveText(messageId: string, text: string): void;
	/** Stores the end and hands back the message as it now is. */
	finish(messageId: string, end: AnswerEnd): Message;
}

interface Answer {
	messageId: string;
	conversationId: string;
	controller: AbortController;
	text: string;
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
 * One conversation has one answer at a time. However an answer ends, its end is stored before anyone is told.
 */
export class Answers {
	readonly #store: AnswerStore;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #active = new Map<string, Answer>();
	#closed = false;

	constructor(options: { store: AnswerStore; log: Logger; now: () => number }) {
		this.#store = options.store;
		this.#log = options.log;
		this.#now = options.now;
	}

	/** Throws ALREADY_ANSWERING while an answer in this conversation is being written, SHUTTING_DOWN once the app closes. */
	refuseSecond(conversationId: string): void {
		if (this.#closed) throw failure('SHUTTING_DOWN', {});
		if (this.#in(conversationId)) throw failure('ALREADY_ANSWERING', {});
	}

	/** Starts writing into a message that is stored as `streaming`. What `write` throws becomes the answer's failure. */
	start(message: { messageId: string; conversationId: string }, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): void {
		const answer: Answer = {
			...message,
			controller: new AbortController(),
			text: '',
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
	}

	#in(conversationId: string): Answer | undefined {
		return [...this.#active.values()].find((answer) => answer.conversationId === conversationId);
	}

	async #run(answer: Answer, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): Promise<void> {
		const end = await this.#write(answer, write);
		try {
			answer.outcome = this.#store.finish(answer.messageId, end);
		} catch (error) {
			// The row stays `streaming` with the text stored last, and becomes `cut` at the next start.
			this.#log.error({ err: error, messageId: answer.messageId }, 'the end of an answer could not be stored');
			answer.outcome = 'lost';
		}
		this.#active.delete(answer.messageId);
		tell(answer);
	}

	async #write(answer: Answer, write: (signal: AbortSignal) => AsyncIterable<GeneratePiece>): Promise<AnswerEnd> {
		const { signal } = answer.controller;
		try {
			for await (const piece of write(signal)) {
				if (piece.type === 'text') this.#add(answer, piece.text);
				else return endOf(answer, signal, { usage: piece.usage, finish: piece.finish });
			}
			throw new Error('the engine ended an answer without saying how');
		} catch (error) {
			if (signal.aborted) return endOf(answer, signal, { usage: null, finish: 'aborted' });
			const record = toFailureRecord(error, answer.messageId);
			if (record.code === 'INTERNAL') this.#log.error({ err: error, messageId: answer.messageId }, 'an answer failed');
			return { content: answer.text, status: answer.text === '' ? 'failed' : 'cut', usage: null, finish: null, failure: record };
		}
	}

	#add(answer: Answer, text: string): void {
		if (text === '') return;
		answer.text += text;
		answer.ends.push(answer.text.length);
		tell(answer);
		if (this.#now() - answer.storedAt < storeEveryMs) return;
		answer.storedAt = this.#now();
		this.#store.saveText(answer.messageId, answer.text);
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
