import { expect, test } from 'vitest';
import { type Conversation, chatSettings, type Message } from '#contract/chat.ts';
import { learntTurns } from './learntTurns.ts';

const message = (id: string, parentId: string | null, role: Message['role'], status: Message['status'] = 'complete'): Message =>
	// What a branch is made of is all that is looked at.
	({ id, parentId, role, content: `${role} ${id}`, status }) as Message;
const conversation = (leafId: string | null, systemPrompt = ''): Conversation => ({
	...{ id: 'c', title: 'A chat', modelId: null, leafId, createdAt: 1, updatedAt: 1, adapter: null },
	settings: chatSettings.parse({ systemPrompt }),
});
const messages = [
	message('1', null, 'user'),
	message('2', '1', 'assistant'),
	message('2b', '1', 'assistant'),
	message('3', '2b', 'user'),
	message('4', '3', 'assistant'),
	message('5', '4', 'user'),
	message('6', '5', 'assistant', 'stopped'),
	message('7', '6', 'user'),
	message('8', '7', 'assistant'),
];

test('the branch that is shown is learnt, with its system prompt, up to its last whole answer before one that was cut off', () => {
	const learnt = [
		{ role: 'user', content: 'user 1' },
		{ role: 'assistant', content: 'assistant 2b' },
		{ role: 'user', content: 'user 3' },
		{ role: 'assistant', content: 'assistant 4' },
	];
	for (const leaf of ['4', '5', '6', '8'])
		expect(learntTurns(conversation(leaf), messages)).toEqual({ title: 'A chat', examples: [{ row: 1, turns: learnt }] });
	expect(learntTurns(conversation('2', 'Be brief.'), messages).examples[0]?.turns).toEqual([
		{ role: 'system', content: 'Be brief.' },
		{ role: 'user', content: 'user 1' },
		{ role: 'assistant', content: 'assistant 2' },
	]);
});

test('a conversation without a whole answer teaches nothing, and an empty one is none', () => {
	expect(learntTurns(conversation('1'), messages).examples).toEqual([{ row: 1, turns: null }]);
	expect(learntTurns(conversation(null), messages).examples).toEqual([]);
});
