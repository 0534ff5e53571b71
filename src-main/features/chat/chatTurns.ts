import type { Message } from '#contract/chat.ts';
import type { ChatTurn } from '../engine/engine.ts';

/**
 * Turns a branch, root first, into what the model is given.
 *
 * Answers that hold nothing are left out and neighbours of one role are joined, since many models' templates take only turns that
 * alternate; nothing else is left out, however long it is.
 */
export function chatTurns(branch: readonly Pick<Message, 'role' | 'content'>[], systemPrompt: string): ChatTurn[] {
	const turns: ChatTurn[] = systemPrompt.trim() === '' ? [] : [{ role: 'system', content: systemPrompt }];
	for (const { role, content } of branch) {
		const last = turns.at(-1);
		if (role === 'assistant' && content.trim() === '') continue;
		if (last?.role === role) last.content += `\n\n${content}`;
		else turns.push({ role, content });
	}
	return turns;
}
