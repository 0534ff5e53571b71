import fc from 'fast-check';
import { expect, test } from 'vitest';
import { branchTo, leafAfterRemoval, newestLeaf, visibleNodes } from './tree.ts';

interface Node {
	id: string;
	parentId: string | null;
	deletedAt: number | null;
}

/** Any tree: each node has a parent before it or none, and some are hidden. */
const trees = fc.array(fc.record({ parent: fc.nat(), root: fc.boolean(), hidden: fc.boolean() }), { minLength: 1, maxLength: 40 }).map((drawn) =>
	drawn.map(
		({ parent, root, hidden }, index): Node => ({
			id: `n${index}`,
			parentId: index === 0 || root ? null : `n${parent % index}`,
			deletedAt: hidden ? 1 : null,
		}),
	),
);

const chain = Array.from({ length: 50_000 }, (_, index): Node => ({ id: `n${index}`, parentId: index === 0 ? null : `n${index - 1}`, deletedAt: null }));

test('a message is visible exactly when no message on its branch is hidden', () => {
	fc.assert(
		fc.property(trees, (nodes) => {
			const expected = nodes.filter(({ id }) => branchTo(nodes, id).every(({ deletedAt }) => deletedAt === null));
			expect(visibleNodes(nodes)).toEqual(expected);
		}),
	);
});

test('a branch runs from a root to the message, each step to the parent', () => {
	fc.assert(
		fc.property(trees, fc.nat(), (nodes, pick) => {
			const { id } = nodes[pick % nodes.length] ?? { id: '' };
			const branch = branchTo(nodes, id);
			expect(branch.at(-1)?.id).toBe(id);
			expect(branch.map(({ parentId }) => parentId)).toEqual([null, ...branch.slice(0, -1).map((node) => node.id)]);
		}),
	);
});

test('the newest leaf lies under the message, has nothing after it, and turns to the newest sibling at each fork', () => {
	fc.assert(
		fc.property(trees, fc.nat(), (nodes, pick) => {
			const { id } = nodes[pick % nodes.length] ?? { id: '' };
			const branch = branchTo(nodes, newestLeaf(nodes, id));
			const below = branch.slice(branch.findIndex((node) => node.id === id) + 1);
			expect(branch.some((node) => node.id === id)).toBe(true);
			expect(nodes.some(({ parentId }) => parentId === branch.at(-1)?.id)).toBe(false);
			for (const node of below) expect(nodes.filter(({ parentId }) => parentId === node.parentId).at(-1)).toBe(node);
		}),
	);
});

test('after a removal the leaf is a visible end, or the parent where nothing is left, and untouched where it was not removed', () => {
	fc.assert(
		fc.property(trees, fc.nat(), fc.nat(), (all, pickLeaf, pickRemoved) => {
			const nodes = visibleNodes(all);
			fc.pre(nodes.length > 0);
			const leafId = newestLeaf(nodes, nodes[pickLeaf % nodes.length]?.id ?? '');
			const removed = nodes[pickRemoved % nodes.length];
			const left = visibleNodes(nodes.map((node) => (node === removed ? { ...node, deletedAt: 1 } : node)));
			const leaf = leafAfterRemoval(nodes, leafId, removed?.id ?? '');
			if (left.some(({ id }) => id === leafId)) expect(leaf).toBe(leafId);
			else if (leaf === null) expect(left.filter(({ parentId }) => parentId === null)).toEqual([]);
			else {
				expect(left.some(({ id }) => id === leaf)).toBe(true);
				expect(left.some(({ parentId }) => parentId === leaf)).toBe(false);
			}
		}),
	);
});

test('goes to the sibling before, else the one after, else the parent', () => {
	const node = (id: string, parentId: string | null) => ({ id, parentId });
	const nodes = [node('q', null), node('a', 'q'), node('b', 'q'), node('c', 'q'), node('b2', 'b'), node('a2', 'a')];
	expect([
		leafAfterRemoval(nodes, 'b2', 'b'),
		leafAfterRemoval(nodes, 'a2', 'a'),
		leafAfterRemoval(nodes, 'b2', 'b2'),
		leafAfterRemoval(nodes, 'b2', 'q'),
		leafAfterRemoval(nodes, 'b2', 'c'),
	]).toEqual(['a2', 'b2', 'b', null, 'b2']);
});

test('a conversation deeper than the stack is no trouble', () => {
	expect(visibleNodes(chain)).toHaveLength(chain.length);
	expect(newestLeaf(chain, 'n0')).toBe('n49999');
	expect(branchTo(chain, 'n49999')).toHaveLength(chain.length);
});
