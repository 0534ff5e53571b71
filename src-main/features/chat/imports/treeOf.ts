import type { ImportProblem } from '#contract/chatImport.ts';
import type { ForeignChat, ForeignMessage } from './ForeignChat.ts';

const longestText = 1_000_000;
const mostMessages = 20_000;

/** A message that is taken in; each comes after the one that it follows, and is not older. */
export interface TreeMessage {
	id: string;
	parentId: string | null;
	role: 'user' | 'assistant';
	content: string;
	modelName: string | null;
	createdAt: number;
}

/** The messages of a conversation in order, the end of the branch to be shown, and what of it was lost. */
export interface ChatTree {
	messages: TreeMessage[];
	leafId: string | null;
	problems: Omit<ImportProblem, 'where'>[];
}

/**
 * Makes of what another program kept a tree that a conversation here can have: what is skipped or empty is left out and what followed it follows
 * what came before it; several answers in a row, as between the uses of tools, become one; messages that are in a circle or follow none are told.
 */
export function treeOf(chat: ForeignChat): ChatTree {
	const problems = [...chat.problems];
	const byId = new Map(chat.messages.map((message) => [message.id, message]));
	const childrenOf = Map.groupBy(chat.messages, ({ parentId }) => (parentId !== null && byId.has(parentId) ? parentId : null));
	const kept: TreeMessage[] = [];
	const keptById = new Map<string, TreeMessage>();
	/** Where each message of theirs went: to itself, or to what it was joined to or left out after. */
	const places = new Map<string, string | null>();
	let [cut, surplus] = [0, 0];
	// In a loop: a conversation may be deeper than the stack.
	const waiting = (childrenOf.get(null) ?? []).map((message) => ({ message, parentId: null as string | null, isAlone: false })).reverse();
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { message, parentId, isAlone } = next;
		// Two of one id: the first one stands.
		if (places.has(message.id)) continue;
		const place = put(message, parentId, isAlone);
		places.set(message.id, place);
		const children = childrenOf.get(message.id) ?? [];
		// What was left out in between does not part them.
		const isOnly = children.length === 1 && (isAlone || place === message.id);
		for (const child of children.toReversed()) waiting.push({ message: child, parentId: place, isAlone: isOnly });
	}
	const lost = chat.messages.length - places.size;
	if (lost > 0) problems.push({ code: 'brokenTree', count: lost });
	if (cut > 0) problems.push({ code: 'tooLong', count: cut });
	if (surplus > 0) problems.push({ code: 'tooMany', count: surplus });
	if (kept.length === 0) problems.push({ code: 'empty', count: 1 });
	const shown = chat.leafId === null ? undefined : places.get(chat.leafId);
	return { messages: kept, leafId: shown ?? kept.at(-1)?.id ?? null, problems };

	/** Keeps a message, or joins it to what it alone follows; gives where what follows it goes. */
	function put(message: ForeignMessage, parentId: string | null, isAlone: boolean): string | null {
		const text = message.text.trim();
		if (message.role === 'skipped' || text === '') return parentId;
		const parent = parentId === null ? undefined : keptById.get(parentId);
		if (parent?.role === message.role && isAlone && parent.content.length + text.length < longestText) {
			parent.content = `${parent.content}\n\n${text}`;
			return parent.id;
		}
		if (kept.length >= mostMessages) {
			surplus += 1;
			return parentId;
		}
		if (text.length > longestText) cut += 1;
		const createdAt = Math.max(message.createdAt ?? chat.createdAt ?? 0, parent?.createdAt ?? 0);
		const { id, role, modelName } = message;
		// Not in the middle of a character.
		const content = text.slice(0, longestText).toWellFormed();
		const made = { id, parentId, role, content, modelName: modelName?.slice(0, 200) ?? null, createdAt };
		kept.push(made);
		keptById.set(id, made);
		return id;
	}
}
