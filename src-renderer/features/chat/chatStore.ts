import { create } from 'zustand';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { ChatSettings, Message } from '#contract/chat.ts';
import type { Outputs } from '#contract/contract.ts';
import { client } from '../../rpc/client.ts';
import { followAnswer } from './followAnswer.ts';
import { leafBelow } from './selectBranch.ts';

/** A conversation as the list shows it. */
export type ConversationHead = Outputs['chat']['list'][number];
/** A conversation with the messages of all its branches. */
export type Thread = Outputs['chat']['get'];

interface ChatState {
	/** Newest first; null until read. */
	heads: ConversationHead[] | null;
	/** The conversation on the screen; its `thread` comes a moment after its id. */
	openId: string | null;
	thread: Thread | null;
	/** What is typed and not sent, by conversation. */
	drafts: Record<string, string>;
	/** The text so far of answers being written, by message; brought up to date once a frame. */
	live: Record<string, string>;
	/** Why the list, the open conversation or the last act failed; null while all is well. */
	error: unknown;
}

/** What the Chat screen shows. The truth is in the app; the functions below ask it and keep what it answered. */
export const useChat = create<ChatState>(() => ({ heads: null, openId: null, thread: null, drafts: {}, live: {}, error: null }));

const following = new Map<string, () => void>();

/** Reads the list of conversations again. */
export async function readConversations(): Promise<void> {
	await attempt(async () => useChat.setState({ heads: byNewest(await client.chat.list()) }));
}

/** Shows a conversation and follows an answer that is being written in it; null closes the one that is open. */
export async function openConversation(conversationId: string | null): Promise<void> {
	if (useChat.getState().openId !== conversationId) {
		useChat.setState({ openId: conversationId, thread: null, error: null });
		followOnly(null);
	}
	if (conversationId === null) return;
	await attempt(async () => showThread(await client.chat.get({ conversationId })));
}

/** Begins a conversation, or gives back the one that was begun and has nothing in it yet. The answer is its id. */
export async function beginConversation(modelId: string | null): Promise<string | null> {
	const empty = useChat.getState().heads?.find((head) => head.leafId === null);
	if (empty) return empty.id;
	return attempt(async () => {
		const conversation = await client.chat.create({ modelId });
		useChat.setState(({ heads }) => ({ heads: byNewest([conversation, ...(heads ?? [])]) }));
		return conversation.id;
	});
}

/** Changes what is named of a conversation: title, model, adapter, settings, or the branch that is shown. */
export async function changeConversation(
	conversationId: string,
	change: { title?: string; modelId?: string | null; adapter?: AttachedAdapter | null; settings?: Partial<ChatSettings>; leafId?: string },
): Promise<void> {
	await attempt(async () => {
		const conversation = await client.chat.change({ conversationId, ...change });
		useChat.setState(({ thread, heads }) => ({
			thread: thread?.conversation.id === conversationId ? { ...thread, conversation } : thread,
			heads: byNewest((heads ?? []).map((head) => (head.id === conversationId ? conversation : head))),
		}));
	});
}

/** Takes a conversation off the list; `restoreConversation` brings it back. True when it is gone. */
export async function removeConversation(conversationId: string): Promise<boolean> {
	const removed = await attempt(async () => {
		await client.chat.remove({ conversationId });
		return true;
	});
	if (removed === null) return false;
	useChat.setState(({ heads }) => ({ heads: (heads ?? []).filter((head) => head.id !== conversationId) }));
	return true;
}

/** Brings a removed conversation back to the list. */
export async function restoreConversation(conversationId: string): Promise<void> {
	await attempt(() => client.chat.restore({ conversationId }));
	await readConversations();
}

/** Keeps what is typed in a conversation. */
export function keepDraft(conversationId: string, text: string): void {
	useChat.setState(({ drafts }) => ({ drafts: { ...drafts, [conversationId]: text } }));
}

/** Sends a message after `parentId` and follows its answer. True when it was taken; else `error` says why and nothing is lost. */
export async function sendMessage(parentId: string | null, text: string): Promise<boolean> {
	const { openId } = useChat.getState();
	if (openId === null) return false;
	return followed(() => client.chat.send({ conversationId: openId, parentId, text }));
}

/** Answers a message of the user, or the one before the given answer, once more; follows the new answer, which stands beside the others. */
export async function answerAgain(messageId: string): Promise<void> {
	await followed(() => client.chat.regenerate({ messageId }));
}

/** Stops the answer that is being written; what has come is kept. */
export async function stopAnswer(messageId: string): Promise<void> {
	await attempt(() => client.chat.stop({ messageId }));
}

/** Shows the branch through `messageId`: at once on the screen, and kept by the app. */
export async function showSibling(messageId: string): Promise<void> {
	const { thread } = useChat.getState();
	if (thread === null) return;
	const leafId = leafBelow(thread.messages, messageId);
	useChat.setState({ thread: { ...thread, conversation: { ...thread.conversation, leafId } } });
	await changeConversation(thread.conversation.id, { leafId });
}

/** Hides a message and what follows it; `restoreMessage` brings them back. True when it is gone. */
export async function removeMessage(messageId: string): Promise<boolean> {
	return followed(() => client.chat.removeMessage({ messageId }));
}

/** Brings a removed message and what follows it back. */
export async function restoreMessage(messageId: string): Promise<void> {
	await followed(() => client.chat.restoreMessage({ messageId }));
}

/** Asks for the conversation as a document to save; null when it failed. */
export async function exportConversation(conversationId: string, format: 'markdown' | 'json'): Promise<Outputs['chat']['export'] | null> {
	return attempt(() => client.chat.export({ conversationId, format }));
}

/** Puts the last failure away. */
export function forgetError(): void {
	useChat.setState({ error: null });
}

async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
	try {
		const result = await work();
		useChat.setState({ error: null });
		return result;
	} catch (error) {
		useChat.setState({ error });
		return null;
	}
}

async function followed(work: () => Promise<Thread>): Promise<boolean> {
	const thread = await attempt(work);
	if (thread === null) return false;
	showThread(thread);
	await readConversations();
	return true;
}

/** Puts a thread on the screen, unless another conversation has been opened meanwhile. */
function showThread(thread: Thread): void {
	if (useChat.getState().openId !== thread.conversation.id) return;
	useChat.setState({ thread });
	// Begun elsewhere since the list was read: in another window, or by another browser of this account.
	if (!useChat.getState().heads?.some((head) => head.id === thread.conversation.id)) void readConversations();
	followOnly(thread);
}

/** Follows the answers being written in `thread` and no others; those go on in the app unwatched. */
function followOnly(thread: Thread | null): void {
	const wanted = new Set(thread?.messages.filter((message) => message.status === 'streaming').map((message) => message.id));
	for (const [messageId, stop] of following) if (!wanted.has(messageId)) leave(messageId, stop);
	for (const messageId of wanted) {
		if (following.has(messageId)) continue;
		const stop = followAnswer(messageId, {
			onText: (text) => useChat.setState(({ live }) => ({ live: { ...live, [messageId]: text } })),
			onEnd: (message) => {
				leave(messageId, stop);
				keepMessage(message);
				void readConversations();
			},
			onError: (error) => {
				leave(messageId, stop);
				useChat.setState({ error });
			},
		});
		following.set(messageId, stop);
	}
}

function leave(messageId: string, stop: () => void): void {
	stop();
	following.delete(messageId);
	useChat.setState(({ live: { [messageId]: _, ...live } }) => ({ live }));
}

function keepMessage(message: Message): void {
	useChat.setState(({ thread }) => {
		if (thread?.conversation.id !== message.conversationId) return {};
		return { thread: { ...thread, messages: thread.messages.map((old) => (old.id === message.id ? message : old)) } };
	});
}

function byNewest(heads: readonly ConversationHead[]): ConversationHead[] {
	return heads.toSorted((a, b) => b.updatedAt - a.updatedAt);
}
