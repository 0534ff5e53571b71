import type { TextFinding } from '#contract/subtitleFinding.ts';
import { primaryLanguage } from '../../../platform/text/scriptsOf.ts';
import { compareNumbers } from './compareNumbers.ts';
import type { GlossaryTerm } from './Finding.ts';
import { glossaryDepartures } from './glossaryDepartures.ts';
import { lostAddresses } from './lostAddresses.ts';
import { otherLanguage } from './otherLanguage.ts';
import { isIdentical } from './untranslated.ts';

/** By what texts are looked at: languages as BCP 47, `und` for a source that is not known, and the terms that are settled. */
export interface TextBasis {
	sourceLanguage: string;
	targetLanguage: string;
	glossary: readonly GlossaryTerm[];
	/** Songs are to stay as they are. */
	keepsSongs: boolean;
}

/** Finds what the two texts of a cue tell by themselves. */
export type LookAtTexts = (pair: { source: string; target: string }) => TextFinding[];

/**
 * Makes ready to look at many cues: whether a translation is in another language, or no translation, whether its numbers and addresses are those of the
 * source, and whether it keeps to the glossary. Of what is in another language nothing else is said.
 */
export function lookAtTexts({ sourceLanguage, targetLanguage, glossary, keepsSongs }: TextBasis): LookAtTexts {
	const languages = { source: sourceLanguage, target: targetLanguage };
	const departuresOf = glossaryDepartures(glossary, languages);
	const isOther = otherLanguage({ sourceLanguage, targetLanguage });
	// From American into British English, or from one way of writing Chinese into the other, most lines stay as they are.
	const isTranslated = primaryLanguage(sourceLanguage) !== primaryLanguage(targetLanguage);
	return (pair) => {
		const isSame = isTranslated && isIdentical(pair);
		if (isSame && keepsSongs && /[♪♫]/u.test(pair.source)) return [];
		if (!isSame && isOther(pair)) return [{ kind: 'language' }];
		const { missing, added } = compareNumbers(pair.source, pair.target, languages);
		const lost = lostAddresses(pair.source, pair.target);
		return [
			...(isSame ? [{ kind: 'identical' } as const] : []),
			...(missing.length + added.length > 0 ? [{ kind: 'numbers', missing, added } as const] : []),
			...(lost.length > 0 ? [{ kind: 'addresses', missing: lost } as const] : []),
			...departuresOf(pair.source, pair.target).map(({ source, target }) => ({ kind: 'glossary', source, target }) as const),
		];
	};
}
