import { expect, test } from 'vitest';
import type { Message } from '#contract/chat.ts';
import { leafBelow, selectBranch } from './selectBranch.ts';

function message(id: string, parentId: string | null, createdAt: number): Message {
	const role = id.startsWith('u') ? 'user' : 'assistant';
	return {
		id,
		conversationId: 'c',
		parentId,
		role,
		content: id,
		status: 'complete',
		modelName: null,
		usage: null,
		finish: null,
		charged: null,
		failure: null,
		createdAt,
	};
}

// u1 → a1 → u2 → a2
//    → a1b → u3
// u1b (the first message, edited)
const tree = [
	message('a2', 'u2', 6),
	message('u1', null, 1),
	message('a1', 'u1', 2),
	message('a1b', 'u1', 3),
	message('u2', 'a1', 4),
	message('u3', 'a1b', 5),
	message('u1b', null, 7),
];
const shown = (leafId: string | null) => selectBranch(tree, leafId).map((entry) => [entry.message.id, entry.position + 1, entry.siblingIds.length]);

test('shows the branch that ends at the chosen message, with the place of each among its siblings', () => {
	expect(shown('a2')).toEqual([
		['u1', 1, 2],
		['a1', 1, 2],
		['u2', 1, 1],
		['a2', 1, 1],
	]);
	expect(shown('u3').map(([id]) => id)).toEqual(['u1', 'a1b', 'u3']);
});

test('falls back to the newest branch when the chosen message is gone or none is chosen', () => {
	expect(shown('deleted')).toEqual([['u1b', 2, 2]]);
	expect(shown(null)).toEqual([['u1b', 2, 2]]);
	expect(selectBranch([], 'deleted')).toEqual([]);
});

test('walks down to the end of a sibling by its newest replies', () => {
	expect(leafBelow(tree, 'u1')).toBe('u3');
	expect(leafBelow(tree, 'a1')).toBe('a2');
	expect(leafBelow(tree, 'u1b')).toBe('u1b');
});
