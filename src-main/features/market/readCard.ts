import { z } from 'zod';

const mostTags = 60;
const longestTag = 60;
const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value));
const cardForm = z.looseObject({
	license: texts.optional().catch(undefined),
	license_name: z.string().optional().catch(undefined),
	language: texts.optional().catch(undefined),
});

/** The labels that a source gives a model, as many and as long as a screen can bear. */
export function readTags(tags: readonly string[]): string[] {
	return tags.filter((tag) => tag.length <= longestTag).slice(0, mostTags);
}

/** A model's licence, from the head of its card or else from its labels; null where neither names one. The licence `other` goes by its own name. */
export function readLicense(card: unknown, tags: readonly string[]): string | null {
	const { license, license_name } = cardForm.safeParse(card).data ?? {};
	const tag = tags.find((each) => each.startsWith('license:'))?.slice('license:'.length);
	const named = license?.[0] ?? tag;
	return (named === 'other' && license_name ? license_name : named)?.slice(0, longestTag) ?? null;
}

/** The languages that the head of a model's card names. */
export function readLanguages(card: unknown): string[] {
	const { language = [] } = cardForm.safeParse(card).data ?? {};
	return language.filter((each) => each.length <= 20).slice(0, mostTags);
}
