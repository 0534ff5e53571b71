/** What tells the shape of a conversation. Messages with one parent are siblings; all are given in the order in which they were written. */
export interface TreeNode {
	id: string;
	parentId: string | null;
}

/** The messages that neither are hidden themselves (`deletedAt`) nor follow a hidden one, in their given order. */
export function visibleNodes<Node extends TreeNode & { deletedAt: number | null }>(nodes: readonly Node[]): Node[] {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const known = new Map<string, boolean>();
	const isVisible = (node: Node): boolean => {
		// Walks up in a loop: a conversation may be deeper than the stack.
		const path: Node[] = [];
		let visible = true;
		for (let at: Node | undefined = node; at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
			const answer = known.get(at.id);
			if (answer !== undefined) {
				visible = answer;
				break;
			}
			path.push(at);
			if (at.parentId !== null && !byId.has(at.parentId)) visible = false;
		}
		for (const step of path.reverse()) {
			visible = visible && step.deletedAt === null;
			known.set(step.id, visible);
		}
		return known.get(node.id) ?? false;
	};
	return nodes.filter(isVisible);
}

/** The ids of the hidden messages before which none is hidden. */
export function outermostHidden(nodes: readonly (TreeNode & { deletedAt: number | null })[]): Set<string> {
	const visible = new Set(visibleNodes(nodes).map(({ id }) => id));
	const isOutermost = ({ parentId, deletedAt }: (typeof nodes)[number]) => deletedAt !== null && (parentId === null || visible.has(parentId));
	return new Set(nodes.filter(isOutermost).map(({ id }) => id));
}

/** The branch that ends at `leafId`, root first; empty when there is no such message. */
export function branchTo<Node extends TreeNode>(nodes: readonly Node[], leafId: string | null): Node[] {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const branch: Node[] = [];
	for (let at = leafId === null ? undefined : byId.get(leafId); at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId))
		branch.push(at);
	return branch.reverse();
}

/** The end of the newest branch through `id`: where someone who picks that message wants to be. */
export function newestLeaf(nodes: readonly TreeNode[], id: string): string {
	const childrenOf = Map.groupBy(nodes, (node) => node.parentId);
	let leaf = id;
	for (let child = childrenOf.get(leaf)?.at(-1); child !== undefined; child = childrenOf.get(leaf)?.at(-1)) leaf = child.id;
	return leaf;
}

/**
 * The leaf to show once `removedId` and what follows it are hidden: `leafId` itself where it stays, else the newest branch through
 * the nearest sibling (the one before it, else the one after it), else the parent, else null. `nodes` are the visible ones before
 * the removal.
 */
export function leafAfterRemoval(nodes: readonly TreeNode[], leafId: string | null, removedId: string): string | null {
	const removed = nodes.find((node) => node.id === removedId);
	if (removed === undefined || !branchTo(nodes, leafId).includes(removed)) return leafId;
	const siblings = nodes.filter((node) => node.parentId === removed.parentId);
	const place = siblings.indexOf(removed);
	const nearest = siblings[place - 1] ?? siblings[place + 1];
	return nearest === undefined ? removed.parentId : newestLeaf(nodes, nearest.id);
}
