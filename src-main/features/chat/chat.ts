import { randomUUID } from 'node:crypto';
import { desc, eq, isNull } from 'drizzle-orm';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { type ChatSettings, type Conversation, chatSettings, type Message, type Piece } from '#contract/chat.ts';
import type { ImportStep } from '#contract/chatImport.ts';
import { failure } from '#contract/errors.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { NamedModel } from '#contract/library.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { type Db, immediate, type Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { type AdapterShelf, type Models, noAdapters } from '../engine/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ChatModels } from './ChatModels.ts';
import { type MessageRow, ofConversation, ofMessages, readConversation, readMessage, readMessages, toConversation, toMessage } from './chatRows.ts';
import { deletedChats } from './deletedChats.ts';
import { type ExportedFile, exportJson, exportMarkdown } from './exportConversation.ts';
import { importChats } from './imports/importChats.ts';
import type { ImportSource } from './imports/importFiles.ts';
import { type LearntChat, learntTurns } from './learntTurns.ts';
import { PaidAnswers } from './PaidAnswers.ts';
import { purgeDeleted } from './purgeDeleted.ts';
import { removeConversations } from './removeConversations.ts';
import { conversation, message } from './schema.ts';
import { titleFrom } from './titleFrom.ts';
import { leafAfterRemoval, newestLeaf } from './tree.ts';

export { answerCost } from './answerCost.ts';
export { chatTexts } from './chatTexts.ts';
export { generatePaid } from './generatePaid.ts';

export interface Thread {
	conversation: Conversation;
	messages: Message[];
}

/** A conversation of an owner. */
interface Place {
	ownerId: string;
	conversationId: string;
}

/** What can be changed about a conversation; what is left out stays. */
export interface ConversationChanges {
	title?: string | undefined;
	modelId?: string | null | undefined;
	adapter?: AttachedAdapter | null | undefined;
	settings?: Partial<ChatSettings> | undefined;
	leafId?: string | null | undefined;
}

export interface ChatOptions {
	db: Db;
	engine: Models;
	library: { get(modelId: string): NamedModel };
	ledger: Ledger;
	/** Left out: there are none. */
	adapters?: AdapterShelf;
	log: Logger;
	now?: () => number;
}

/**
 * Conversations with a model, kept as trees in the database.
 *
 * Every method takes the owner first and sees that owner's rows alone: another's id is NOT_FOUND. Answers are written by the app
 * itself, paid for (PaidAnswers.ts), and go on when their screen is left. Call `recover` once before anything else, the ledger's after
 * that, and `close` before the engine's.
 */
export class Chat {
	readonly #db: Db;
	readonly #library: { get(modelId: string): NamedModel };
	readonly #models: ChatModels;
	readonly #now: () => number;
	readonly #answers: PaidAnswers;
	/** What was deleted here and can be brought back. */
	readonly deleted: ReturnType<typeof deletedChats>;

	constructor(options: ChatOptions) {
		this.#db = options.db;
		const { adapters = noAdapters } = options;
		this.#library = options.library;
		this.#models = new ChatModels({ ...options, adapters });
		this.#now = options.now ?? Date.now;
		this.#answers = new PaidAnswers({ ...options, adapters, now: this.#now });
		this.deleted = deletedChats({ db: this.#db, chat: this, answers: this.#answers });
	}

	/** Settles the answers that the last run of the app left unfinished, and purges what was hidden long ago. */
	recover(): void {
		this.#answers.recover();
		purgeDeleted(this.#db, this.#now() - keepDeletedMs);
	}

	/** Ends the answers being written and stores what came of them. */
	close(): Promise<void> {
		return this.#answers.close();
	}

	list(ownerId: string): Omit<Conversation, 'settings'>[] {
		const { id, title, modelId, adapter, leafId, createdAt, updatedAt } = conversation;
		return this.#db
			.select({ id, title, modelId, adapter, leafId, createdAt, updatedAt })
			.from(conversation)
			.where(owned(conversation, ownerId, isNull(conversation.deletedAt)))
			.orderBy(desc(conversation.updatedAt), desc(conversation.createdAt))
			.all();
	}

	/** Begins a conversation, with what the model's source advises; it has no title until its first message. */
	create(ownerId: string, modelId: string | null): Conversation {
		const defaults = modelId === null ? null : this.#library.get(modelId).defaults;
		const now = this.#now();
		const row = {
			id: randomUUID(),
			ownerId,
			title: '',
			modelId,
			settings: startingSettings(defaults),
			adapter: null,
			leafId: null,
			createdAt: now,
			updatedAt: now,
			deletedAt: null,
		};
		this.#db.insert(conversation).values(row).run();
		return toConversation(row);
	}

	get(ownerId: string, conversationId: string): Thread {
		const row = readConversation(this.#db, ownerId, conversationId);
		return { conversation: toConversation(row), messages: readMessages(this.#db, ownerId, conversationId).map(toMessage) };
	}

	/**
	 * Changes what is named. A `leafId` within a branch shows the newest branch through that message. Where nothing was said yet and no
	 * setting was touched, another model brings what its source advises. An adapter that does not belong to it is left off, but where the
	 * change itself names one it is refused: ADAPTER_UNFIT, ADAPTER_MISSING, NOT_FOUND, or NO_MODEL where there is none to put it on.
	 */
	change(ownerId: string, conversationId: string, changes: ConversationChanges): Conversation {
		const chosen = changes.modelId ? this.#library.get(changes.modelId) : null;
		return immediate(this.#db, (tx) => {
			const row = readConversation(tx, ownerId, conversationId);
			const settings = chatSettings.parse({ ...this.#models.settingsBefore(row, chosen), ...changes.settings });
			const adapter = this.#models.adapterAfter(row, changes);
			const leafId = changes.leafId ? this.#leafThrough(tx, ownerId, conversationId, changes.leafId) : changes.leafId;
			tx.update(conversation)
				.set({ title: changes.title, modelId: changes.modelId, adapter, leafId, settings })
				.where(ofConversation(ownerId, conversationId))
				.run();
			return toConversation(readConversation(tx, ownerId, conversationId));
		});
	}

	/** Hides the conversation and ends its answer; it can be brought back until it is purged. */
	async remove(ownerId: string, conversationId: string): Promise<void> {
		readConversation(this.#db, ownerId, conversationId);
		await this.#answers.stopIn(conversationId);
		this.#db.update(conversation).set({ deletedAt: this.#now() }).where(ofConversation(ownerId, conversationId)).run();
	}

	restore(ownerId: string, conversationId: string): Conversation {
		const row = readConversation(this.#db, ownerId, conversationId, true);
		this.#db.update(conversation).set({ deletedAt: null }).where(ofConversation(ownerId, conversationId)).run();
		return toConversation(row);
	}

	/**
	 * Adds a message after the answer `parentId` (null: as a first message) and starts its answer.
	 *
	 * Throws NO_MODEL, ALREADY_ANSWERING, and INSUFFICIENT_TOKENS where the balance does not do for an answer: nothing is stored then.
	 * What goes wrong later, such as a load that fails, is stored with the answer.
	 */
	send(ownerId: string, conversationId: string, parentId: string | null, text: string): Thread {
		const row = readConversation(this.#db, ownerId, conversationId);
		const model = this.#models.modelOf(row);
		this.#answers.refuseSecond(conversationId);
		const user = this.#newMessage({ conversationId, parentId, role: 'user', content: text, status: 'complete' });
		const answer = this.#newMessage({
			conversationId,
			parentId: user.id,
			role: 'assistant',
			content: '',
			status: 'streaming',
			modelName: this.#models.signature(row, model),
		});
		const begin = immediate(this.#db, (tx) => {
			if (parentId !== null) this.#requireRole(tx, { ownerId, conversationId }, parentId, 'assistant');
			tx.insert(message).values([user, answer]).run();
			tx.update(conversation)
				.set({ leafId: answer.id, updatedAt: this.#now(), title: row.title === '' ? titleFrom(text) : row.title })
				.where(ofConversation(ownerId, conversationId))
				.run();
			return this.#answers.prepare(tx, row, model, answer);
		});
		begin();
		return this.get(ownerId, conversationId);
	}

	/** Answers the message before the given answer once more; for a message of the user, answers that. Throws as `send` does. */
	regenerate(ownerId: string, messageId: string): Thread {
		const given = readMessage(this.#db, ownerId, messageId);
		const { conversationId } = given;
		const row = readConversation(this.#db, ownerId, conversationId);
		const model = this.#models.modelOf(row);
		this.#answers.refuseSecond(conversationId);
		const parentId = given.role === 'assistant' ? given.parentId : given.id;
		if (parentId === null) throw failure('NOT_FOUND', { what: 'message' });
		const answer = this.#newMessage({
			conversationId,
			parentId,
			role: 'assistant',
			content: '',
			status: 'streaming',
			modelName: this.#models.signature(row, model),
		});
		const begin = immediate(this.#db, (tx) => {
			this.#requireRole(tx, { ownerId, conversationId }, parentId, 'user');
			tx.insert(message).values(answer).run();
			tx.update(conversation).set({ leafId: answer.id, updatedAt: this.#now() }).where(ofConversation(ownerId, conversationId)).run();
			// Who asks once more wants another one.
			return this.#answers.prepare(tx, row, model, answer, 'never');
		});
		begin();
		return this.get(ownerId, conversationId);
	}

	/** The pieces of an answer after `afterSeq`, as they come, then the end; of a finished one the end alone. Leaving does not stop it. */
	watch(ownerId: string, messageId: string, afterSeq: number, signal?: AbortSignal): AsyncIterable<Piece> {
		const row = readMessage(this.#db, ownerId, messageId);
		return this.#answers.watch(messageId, afterSeq, signal) ?? endAlone(toMessage(row), afterSeq);
	}

	/** Ends an answer, keeping its text; one that has ended is left as it is. */
	async stop(ownerId: string, messageId: string): Promise<void> {
		readMessage(this.#db, ownerId, messageId);
		await this.#answers.stop(messageId);
	}

	/** Hides a message with what follows it, ending an answer among them; where it was shown, the nearest branch is shown instead. */
	async removeMessage(ownerId: string, messageId: string): Promise<Thread> {
		const { conversationId } = readMessage(this.#db, ownerId, messageId);
		const hidden = new Set(this.#following(ownerId, conversationId, messageId));
		for (const id of hidden) await this.#answers.stop(id);
		immediate(this.#db, (tx) => {
			const row = readConversation(tx, ownerId, conversationId);
			const leafId = leafAfterRemoval(readMessages(tx, ownerId, conversationId), row.leafId, messageId);
			tx.update(message)
				.set({ deletedAt: this.#now() })
				.where(ofMessages(ownerId, conversationId, eq(message.id, messageId)))
				.run();
			tx.update(conversation).set({ leafId }).where(ofConversation(ownerId, conversationId)).run();
		});
		return this.get(ownerId, conversationId);
	}

	/** Shows a hidden message again with what followed it, and goes there. */
	restoreMessage(ownerId: string, messageId: string): Thread {
		const { conversationId } = readMessage(this.#db, ownerId, messageId);
		immediate(this.#db, (tx) => {
			tx.update(message)
				.set({ deletedAt: null })
				.where(ofMessages(ownerId, conversationId, eq(message.id, messageId)))
				.run();
			const nodes = readMessages(tx, ownerId, conversationId);
			// It stays out of sight while a message before it is hidden.
			if (!nodes.some((node) => node.id === messageId)) return;
			tx.update(conversation)
				.set({ leafId: newestLeaf(nodes, messageId) })
				.where(ofConversation(ownerId, conversationId))
				.run();
		});
		return this.get(ownerId, conversationId);
	}

	export(ownerId: string, conversationId: string, format: 'markdown' | 'json'): ExportedFile {
		const thread = this.get(ownerId, conversationId);
		return format === 'markdown' ? exportMarkdown(thread.conversation, thread.messages) : exportJson(thread.conversation, thread.messages);
	}

	/** Takes in conversations of other programs, or only tells what there is (imports/importChats.ts). */
	import(ownerId: string, order: { source: ImportSource; uploadsFolder: string; writes: boolean }): AsyncGenerator<ImportStep> {
		return importChats({ ...order, db: this.#db, ownerId, now: this.#now() });
	}

	/** These conversations as chats to learn from: of each the branch that is shown (learntTurns.ts). */
	branchTurns(ownerId: string, conversationIds: readonly string[]): LearntChat[] {
		return [...new Set(conversationIds)].map((conversationId) => {
			const { conversation: shown, messages } = this.get(ownerId, conversationId);
			return learntTurns(shown, messages);
		});
	}

	/** Ends the answers that are written for an owner, and waits until they are stored. */
	async stopAllOf(ownerId: string): Promise<void> {
		const own = this.#db.select({ id: conversation.id }).from(conversation).where(owned(conversation, ownerId)).all();
		for (const { id } of own) await this.#answers.stopIn(id);
	}

	/** All conversations of an owner with all their messages, hidden ones too, for the owner to take away. */
	*exportOf(ownerId: string): Generator<unknown> {
		const own = this.#db.select().from(conversation).where(owned(conversation, ownerId)).orderBy(conversation.createdAt).all();
		for (const { ownerId: _ownerId, ...row } of own)
			yield { ...row, messages: this.#db.select().from(message).where(ofMessages(ownerId, row.id)).orderBy(message.createdAt).all() };
	}

	/** Deletes all of an owner's conversations, in the transaction that deletes the owner. Call `stopAllOf` before. */
	removeAllOf(ownerId: string, tx: Tx): void {
		removeConversations(tx, ownerId);
	}

	#newMessage(given: Pick<MessageRow, 'conversationId' | 'parentId' | 'role' | 'content' | 'status'> & { modelName?: string }): MessageRow {
		return { id: randomUUID(), modelName: null, usage: null, finish: null, charged: null, failure: null, createdAt: this.#now(), deletedAt: null, ...given };
	}

	#requireRole(tx: Tx, { ownerId, conversationId }: Place, messageId: string, role: Message['role']): void {
		const found = readMessages(tx, ownerId, conversationId).some((node) => node.id === messageId && node.role === role);
		if (!found) throw failure('NOT_FOUND', { what: 'message' });
	}

	#leafThrough(tx: Tx, ownerId: string, conversationId: string, messageId: string): string {
		const nodes = readMessages(tx, ownerId, conversationId);
		if (!nodes.some((node) => node.id === messageId)) throw failure('NOT_FOUND', { what: 'message' });
		return newestLeaf(nodes, messageId);
	}

	/** The visible messages that hide with this one: itself and all that follow it. */
	#following(ownerId: string, conversationId: string, messageId: string): string[] {
		const nodes = readMessages(this.#db, ownerId, conversationId);
		const ids = new Set([messageId]);
		// Written in order, a message comes after its parent.
		for (const node of nodes) if (node.parentId !== null && ids.has(node.parentId)) ids.add(node.id);
		return [...ids];
	}
}

async function* endAlone(message: Message, afterSeq: number): AsyncGenerator<Piece> {
	yield { type: 'end', seq: afterSeq + 1, message };
}
