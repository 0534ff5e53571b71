import type { TranslateOrder } from '#contract/subtitles.ts';

/** What a model can be asked to do with a film. */
export type Work = 'untranslated' | 'unapproved' | 'glossary';

/** Each as an order of the contract. */
export const works: Record<Work, Pick<TranslateOrder, 'pass' | 'scope'>> = {
	untranslated: { pass: 'translate', scope: 'untranslated' },
	unapproved: { pass: 'translate', scope: 'unapproved' },
	glossary: { pass: 'glossary', scope: 'untranslated' },
};
