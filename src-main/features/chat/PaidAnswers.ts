import { eq } from 'drizzle-orm';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { Message, Piece } from '#contract/chat.ts';
import type { Usage } from '#contract/engine.ts';
import type { NamedModel } from '#contract/library.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import type { AdapterShelf, GeneratePiece, GenerateRequest, Models } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { answerCost } from './answerCost.ts';
import { type AnswerEnd, Answers } from './answers.ts';
import { type ConversationRow, type MessageRow, readMessages, toMessage } from './chatRows.ts';
import { chatTurns } from './chatTurns.ts';
import { generatePaid } from './generatePaid.ts';
import { conversation, message } from './schema.ts';
import { branchTo } from './tree.ts';

/**
 * The answers being written (answers.ts), stored as they come and paid for.
 *
 * What an answer is likely to cost is set aside in the transaction that stores its question, under the id of its message, and grows as
 * the answer does; what it used is charged in the transaction that stores its end, whatever that was.
 */
export class PaidAnswers {
	readonly #db: Db;
	readonly #engine: Models;
	readonly #ledger: Ledger;
	readonly #adapters: AdapterShelf;
	readonly #log: Logger;
	readonly #now: () => number;
	readonly #answers: Answers;

	constructor(options: { db: Db; engine: Models; ledger: Ledger; adapters: AdapterShelf; log: Logger; now: () => number }) {
		this.#db = options.db;
		this.#engine = options.engine;
		this.#ledger = options.ledger;
		this.#adapters = options.adapters;
		this.#log = options.log;
		this.#now = options.now;
		const store = { saveText: this.#saveText.bind(this), finish: this.#finish.bind(this) };
		this.#answers = new Answers({ store, log: options.log, now: options.now });
	}

	/**
	 * Marks the answers that the last run of the app left unfinished as cut, with the text that was stored, and charges what that used.
	 * Where a usage cannot be charged, such as one that is none, what was set aside goes back whole.
	 */
	recover(): void {
		const every = everyOwner(message.conversationId, eq(message.status, 'streaming'));
		for (const { id } of this.#db.select({ id: message.id }).from(message).where(every).all()) {
			try {
				this.#cut(id, true);
			} catch (error) {
				// One row that makes no sense must not keep the app from starting.
				this.#log.error({ err: error, messageId: id }, 'what an answer that was cut off has used could not be charged');
				this.#cut(id, false);
			}
		}
	}

	/** Ends the answers being written and stores what came of them. */
	close(): Promise<void> {
		return this.#answers.close();
	}

	/** See `Answers.refuseSecond`. */
	refuseSecond(conversationId: string): void {
		this.#answers.refuseSecond(conversationId);
	}

	/**
	 * Sets aside what an answer may cost, in the transaction that stores it as `streaming`, and hands back how it is begun once that is
	 * committed. `reuse`: see GenerateRequest. Throws INSUFFICIENT_TOKENS.
	 */
	prepare(tx: Tx, { ownerId, settings, adapter }: ConversationRow, model: NamedModel, answer: MessageRow, reuse?: 'never'): () => void {
		const { id, conversationId } = answer;
		const { systemPrompt, maxTokens, stop, ...sampling } = settings;
		const turns = chatTurns(branchTo(readMessages(tx, ownerId, conversationId), answer.parentId), systemPrompt);
		const work = { requestId: id, accountId: ownerId, task: 'chat', modelId: model.id, modelName: model.name, subjectId: id } as const;
		const reserved = this.#ledger.reserve({ ...work, ...answerCost(this.#ledger.price('chat'), turns, maxTokens) }, tx);
		const request = { modelId: model.id, ownerId, turns, sampling, maxTokens, stop, ...(reuse && { reuse }) };
		return () => this.#answers.start({ messageId: id, conversationId }, (signal) => this.#generate(request, adapter, { ...reserved, holdId: id }, signal));
	}

	/** See `Answers.watch`. */
	watch(messageId: string, afterSeq: number, signal?: AbortSignal): AsyncGenerator<Piece> | null {
		return this.#answers.watch(messageId, afterSeq, signal);
	}

	/** Ends an answer, keeping its text; resolves when that is stored. */
	stop(messageId: string): Promise<void> {
		return this.#answers.stop(messageId);
	}

	/** Ends the answer that is being written in a conversation, if there is one. */
	stopIn(conversationId: string): Promise<void> {
		return this.#answers.stopIn(conversationId);
	}

	async *#generate(
		request: GenerateRequest,
		attached: AttachedAdapter | null,
		reservation: Parameters<typeof generatePaid>[2],
		signal: AbortSignal,
	): AsyncGenerator<GeneratePiece> {
		const { ownerId, modelId } = request;
		const adapter = attached && this.#adapters.open(ownerId, attached, modelId);
		await this.#engine.ensureRunning(ownerId, modelId, signal);
		yield* generatePaid({ engine: this.#engine, ledger: this.#ledger }, { ...request, adapter }, reservation, signal);
	}

	/** Marks an answer as cut, and charges the usage that is stored with it, or with `isCharged` false nothing, and forgets that. */
	#cut(messageId: string, isCharged: boolean): void {
		immediate(this.#db, (tx) => {
			const isIt = everyOwner(message.conversationId, eq(message.id, messageId));
			const usage = isCharged ? (tx.select({ usage: message.usage }).from(message).where(isIt).get()?.usage ?? null) : null;
			// One from before there was a ledger has no hold.
			const charged = this.#ledger.hold(messageId) ? this.#ledger.settle(messageId, usage, tx).charged : null;
			tx.update(message).set({ status: 'cut', usage, charged }).where(isIt).run();
		});
	}

	/** The app's own work, like `#finish`: the answer is one that it began for its owner. */
	#saveText(messageId: string, content: string, usage: Usage): void {
		this.#db
			.update(message)
			.set({ content, usage })
			.where(everyOwner(message.conversationId, eq(message.id, messageId)))
			.run();
	}

	#finish(messageId: string, end: AnswerEnd): Message {
		return immediate(this.#db, (tx) => {
			const { charged } = this.#ledger.settle(messageId, end.usage, tx);
			const row = tx
				.update(message)
				.set({ ...end, charged })
				.where(everyOwner(message.conversationId, eq(message.id, messageId)))
				.returning()
				.get();
			// What is deleted is stopped before.
			if (!row) throw new Error(`the answer ${messageId} is gone`);
			tx.update(conversation)
				.set({ updatedAt: this.#now() })
				.where(everyOwner(conversation, eq(conversation.id, row.conversationId)))
				.run();
			return toMessage(row);
		});
	}
}
