import type { Outputs } from '#contract/contract.ts';

export type CatalogItem = Outputs['market']['catalog'][number];

/**
 * The model of the catalogue to begin with on this machine: of those that fit well, are good for grading and speak the reader's language, the
 * largest that is not here yet; null where there is none.
 */
export function recommendEntry(items: readonly CatalogItem[], language: string): CatalogItem | null {
	const fitting = items.filter(
		({ entry, verdict, modelId }) => modelId === null && verdict?.kind === 'fits' && entry.suits.includes('grading') && entry.languages.includes(language),
	);
	return fitting.toSorted((a, b) => b.entry.parameters - a.entry.parameters)[0] ?? null;
}
