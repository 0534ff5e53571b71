import type { Outputs } from '#contract/contract.ts';

export type CatalogItem = Outputs['market']['catalog'][number];

/**
 * The model of the catalogue to begin with on this machine: of those that are not here yet, are good for grading and speak the reader's language,
 * the largest that fits well, which is to write as quickly as people read; where none does, the quickest; null where memory does for none.
 */
export function recommendEntry(items: readonly CatalogItem[], language: string): CatalogItem | null {
	const able = items.filter(({ entry, modelId }) => modelId === null && entry.suits.includes('grading') && entry.languages.includes(language));
	const fitting = able.filter(({ verdict }) => verdict?.kind === 'fits').toSorted(byParameters);
	const slow = able.filter(({ verdict }) => verdict?.kind === 'slow').toSorted((a, b) => speedOf(b) - speedOf(a) || byParameters(a, b));
	return fitting[0] ?? slow[0] ?? null;
}

function byParameters(a: CatalogItem, b: CatalogItem): number {
	return b.entry.parameters - a.entry.parameters;
}

/** In whole tokens a second: less is no difference. */
function speedOf({ verdict }: CatalogItem): number {
	return Math.round(verdict?.speed?.tokensPerSecond ?? 0);
}
