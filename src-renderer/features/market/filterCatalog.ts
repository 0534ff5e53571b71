import type { z } from 'zod';
import type { Outputs } from '#contract/contract.ts';
import type { suitability } from '#contract/market.ts';

export type CatalogItem = Outputs['market']['catalog'][number];
export type Suitability = z.infer<typeof suitability>;

/** What of the catalogue is shown; null shows all. */
export interface CatalogFilter {
	suits: Suitability | null;
	language: string | null;
	fitsOnly: boolean;
}

/** The entries that a filter lets through, in the catalogue's order. What fits, well or slowly, counts as fitting; what is not known does not. */
export function filterCatalog(items: readonly CatalogItem[], { suits, language, fitsOnly }: CatalogFilter): CatalogItem[] {
	return items.filter(
		({ entry, verdict }) =>
			(suits === null || entry.suits.includes(suits)) &&
			(language === null || entry.languages.includes(language)) &&
			(!fitsOnly || (verdict !== null && verdict.kind !== 'tooBig')),
	);
}

/** The entries whose names or summary, in any language, have each of some words in them, in the catalogue's order. */
export function searchCatalog(items: readonly CatalogItem[], words: string): CatalogItem[] {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	return items.filter(({ entry: { name, family, repo, summary } }) => {
		const text = [name, family, repo, summary.en, summary.zh].join(' ').toLowerCase();
		return wanted.every((word) => text.includes(word));
	});
}

/** The languages that the catalogue's models speak, the most spoken first. */
export function languagesOf(items: readonly CatalogItem[]): string[] {
	const counts = new Map<string, number>();
	for (const { entry } of items) for (const language of entry.languages) counts.set(language, (counts.get(language) ?? 0) + 1);
	return [...counts].toSorted(([a, many], [b, more]) => more - many || a.localeCompare(b)).map(([language]) => language);
}

/** What the catalogue's models are good for, in the order of the first that is. */
export function suitsOf(items: readonly CatalogItem[]): Suitability[] {
	return [...new Set(items.flatMap(({ entry }) => entry.suits))];
}
