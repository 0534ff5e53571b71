import type { Conversation, Message } from '#contract/chat.ts';
import type { ChatTurn } from '../engine/engine.ts';
import { chatTurns } from './chatTurns.ts';
import { branchTo } from './tree.ts';

/** A conversation as a chat to learn from. */
export interface LearntChat {
	title: string;
	/** One, or none where nothing was said; its turns are null where nothing of it is whole. */
	examples: { row: number; turns: ChatTurn[] | null }[];
}

/**
 * The branch of a conversation that is shown, as the model was given it, up to its last answer before one that did not come to its own end:
 * what was cut off or stopped teaches to stop there.
 */
export function learntTurns(conversation: Conversation, messages: readonly Message[]): LearntChat {
	const branch = branchTo(messages, conversation.leafId);
	const cut = branch.findIndex(({ role, status }) => role === 'assistant' && status !== 'complete');
	const whole = cut === -1 ? branch : branch.slice(0, cut);
	const ending = whole.findLastIndex(({ role }) => role === 'assistant');
	const turns = ending === -1 ? null : chatTurns(whole.slice(0, ending + 1), conversation.settings.systemPrompt);
	return { title: conversation.title, examples: branch.length === 0 ? [] : [{ row: 1, turns }] };
}
