import type { Message } from '#contract/chat.ts';

/** One message of the branch that is shown, with the messages that could stand in its place. */
export interface BranchEntry {
	message: Message;
	/** The ids of all messages with the same parent, this one among them, oldest first. */
	siblingIds: string[];
	/** Where this message stands in `siblingIds`, from 0. */
	position: number;
}

/**
 * Gives the thread the messages of one branch of a conversation's tree, first to last.
 *
 * The branch ends at `leafId`. Where that message is not there (none chosen yet, or just deleted), it ends at the newest
 * message that can be reached by taking the newest reply at each fork.
 */
export function selectBranch(messages: readonly Message[], leafId: string | null): BranchEntry[] {
	const byId = new Map(messages.map((message) => [message.id, message]));
	const replies = repliesByParent(messages);
	const end = leafId !== null && byId.has(leafId) ? leafId : newestLeaf(replies, null);
	const branch: BranchEntry[] = [];
	let current = end === null ? undefined : byId.get(end);
	while (current) {
		const siblingIds = (replies.get(current.parentId) ?? []).map((sibling) => sibling.id);
		branch.push({ message: current, siblingIds, position: siblingIds.indexOf(current.id) });
		current = current.parentId === null ? undefined : byId.get(current.parentId);
	}
	return branch.reverse();
}

/** Finds where the branch through `messageId` ends when the newest reply is taken at each fork below it. */
export function leafBelow(messages: readonly Message[], messageId: string): string {
	return newestLeaf(repliesByParent(messages), messageId) ?? messageId;
}

/** The replies to each message, oldest first; those to `null` begin the conversation. */
function repliesByParent(messages: readonly Message[]): Map<string | null, Message[]> {
	const replies = new Map<string | null, Message[]>();
	for (const message of messages.toSorted((a, b) => a.createdAt - b.createdAt)) {
		const siblings = replies.get(message.parentId);
		if (siblings) siblings.push(message);
		else replies.set(message.parentId, [message]);
	}
	return replies;
}

function newestLeaf(replies: Map<string | null, Message[]>, from: string | null): string | null {
	let leaf = from;
	for (let next = replies.get(leaf)?.at(-1); next; next = replies.get(leaf)?.at(-1)) leaf = next.id;
	return leaf;
}
