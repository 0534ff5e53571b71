import type { MendChange, MendRule } from '#contract/convertMend.ts';

/** The rules that changed something, in the order in which they did first, each with its lines. */
export function groupChanges(changes: readonly MendChange[]): { rule: MendRule; lines: number[] }[] {
	const groups = new Map<MendRule, Set<number>>();
	for (const { rule, line } of changes) groups.set(rule, (groups.get(rule) ?? new Set()).add(line));
	return [...groups].map(([rule, lines]) => ({ rule, lines: [...lines] }));
}
