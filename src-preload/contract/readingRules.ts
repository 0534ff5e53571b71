import { z } from 'zod';

/**
 * What a subtitle may be, so that it can be read in its time: limits, each of which a person may change.
 *
 * `maxCps` and `maxCharsPerLine` are in the characters of `counting` (measureCue.ts). `minGapFrames` at the film's frame rate.
 */
export const readingRules = z.strictObject({
	/** Characters per second. */
	maxCps: z.number().min(1).max(100),
	maxCharsPerLine: z.int().min(4).max(200),
	maxLines: z.int().min(1).max(6),
	minDurationMs: z.int().min(0).max(10_000),
	maxDurationMs: z.int().min(500).max(60_000),
	/** 0: one subtitle may begin where the one before it ends. */
	minGapFrames: z.int().min(0).max(60),
	/** `each`: every character counts 1. `byWidth`: a wide one counts 1, every other 0.5, as is done for Chinese, Japanese and Korean. */
	counting: z.enum(['each', 'byWidth']),
});
/** `hidesNotes`: what stands in braces is a note to the makers, as in ASS, and is not shown. */
export type ReadingRules = z.infer<typeof readingRules> & { hidesNotes?: boolean };
export type Counting = ReadingRules['counting'];

/** Whom a subtitle is for; `sdh`: for those who cannot hear, with the sounds told. */
export const readingAudiences = ['adult', 'children', 'sdh', 'sdhChildren'] as const;
export type ReadingAudience = (typeof readingAudiences)[number];

export interface ReadingPreset {
	/** Stable: what is stored. */
	id: string;
	publisher: 'netflix' | 'bbc' | 'own';
	/** A primary language subtag of BCP 47; `*` for every language that has none of its own. */
	language: string;
	audience: ReadingAudience;
	rules: ReadingRules;
}

/** Five sixths of a second to seven seconds, two frames between: Netflix Timed Text Style Guide, General Requirements. */
const netflixUsual = { maxLines: 2, minDurationMs: 833, maxDurationMs: 7000, minGapFrames: 2 } as const;
const western = { ...netflixUsual, maxCharsPerLine: 42, counting: 'each' } as const;
const eastern = { ...netflixUsual, maxCharsPerLine: 16, counting: 'byWidth' } as const;

/**
 * Characters per second of each audience, after the Netflix Timed Text Style Guides as Subtitle Edit's Netflix checker has them
 * (src/ui/Logic/NetflixQualityCheck). An audience without a number has none that is known: `presetOf` takes the nearest one.
 * Characters per line: 42; Chinese and Korean 16; Thai 35; Japanese 23, which is Subtitle Edit's (older lists have 13). Chinese stands for
 * the simplified and the traditional guide alike, whose numbers are the same.
 */
const netflix: Record<string, { cps: Partial<Record<ReadingAudience, number>>; rules: Omit<ReadingRules, 'maxCps'> }> = {
	'*': { cps: { adult: 17, children: 13 }, rules: western },
	en: { cps: { adult: 20, children: 17, sdh: 20, sdhChildren: 17 }, rules: western },
	zh: { cps: { adult: 9, children: 7, sdh: 11, sdhChildren: 9 }, rules: eastern },
	ko: { cps: { adult: 12, children: 9, sdh: 14, sdhChildren: 11 }, rules: eastern },
	// Japanese may follow without a gap, and may stand for half a second.
	ja: { cps: { adult: 4, children: 4, sdh: 7, sdhChildren: 7 }, rules: { ...eastern, maxCharsPerLine: 23, minDurationMs: 500, minGapFrames: 0 } },
	ar: { cps: { adult: 20 }, rules: western },
	hi: { cps: { adult: 22 }, rules: western },
	th: { cps: { adult: 17, children: 13 }, rules: { ...western, maxCharsPerLine: 35 } },
};

/**
 * BBC Subtitle Guidelines: lines of 37 characters (teletext), two of them, 160 to 180 words a minute. It names no characters per second:
 * 180 words of six characters, the space included, are 18. It asks for 0.3 s a word, so that the shortest is left to reading speed but for
 * one second, and for no gap or one over a second, so that no gap is asked for. It names no longest time; the one here is ours.
 */
const bbcRules: ReadingRules = {
	...{ maxCps: 18, maxCharsPerLine: 37, maxLines: 2, minDurationMs: 1000, maxDurationMs: 10_000, minGapFrames: 0 },
	counting: 'each',
};

/** What a person begins with who sets their own: between the guides. */
const ownRules: ReadingRules = { ...western, maxCps: 20, maxDurationMs: 8000 };
const ownEastern: ReadingRules = { ...eastern, maxCps: 9, maxCharsPerLine: 18, maxDurationMs: 8000 };

/** Every named set of reading rules, by publisher, language and audience. */
export const readingPresets: readonly ReadingPreset[] = [
	...Object.entries(netflix).flatMap(([language, { cps, rules }]) =>
		readingAudiences.flatMap((audience): ReadingPreset[] => {
			const maxCps = cps[audience];
			return maxCps === undefined ? [] : [preset('netflix', language, audience, { ...rules, maxCps })];
		}),
	),
	preset('bbc', 'en', 'adult', bbcRules),
	preset('own', '*', 'adult', ownRules),
	...['zh', 'ja', 'ko'].map((language) => preset('own', language, 'adult', ownEastern)),
];

function preset(publisher: ReadingPreset['publisher'], language: string, audience: ReadingAudience, rules: ReadingRules): ReadingPreset {
	const id = [publisher, language === '*' ? 'other' : language, ...(audience === 'adult' ? [] : [audience])].join('-');
	return { id, publisher, language, audience, rules };
}

/** The preset of an id such as `netflix-zh` or `netflix-en-children`; null where there is none. */
export function readingPreset(id: string): ReadingPreset | null {
	return readingPresets.find((one) => one.id === id) ?? null;
}

/** The reading rules of a project: those of its preset, else what Netflix has for the language that it is translated into. */
export function rulesOf({ rulesId, targetLanguage, format }: { rulesId: string; targetLanguage: string; format?: string }): ReadingRules {
	const found = readingPreset(rulesId) ?? presetOf(targetLanguage, 'netflix');
	if (!found) throw new Error('there are no reading rules for every other language');
	return format === 'ass' ? { ...found.rules, hidesNotes: true } : found.rules;
}

/**
 * The preset that a publisher has for a language: that of its primary subtag (`zh-Hant-TW` is `zh`), or else the one for every other
 * language. Of an audience that has no numbers the nearest is taken: sound description as adults, children's as adults.
 * The BBC writes in English alone: null for any other language.
 */
export function presetOf(language: string, publisher: ReadingPreset['publisher'], audience: ReadingAudience = 'adult'): ReadingPreset | null {
	const primary = language.toLowerCase().split(/[-_]/)[0] ?? '';
	const nearest: Record<ReadingAudience, ReadingAudience[]> = {
		adult: ['adult'],
		children: ['children', 'adult'],
		sdh: ['sdh', 'adult'],
		sdhChildren: ['sdhChildren', 'children', 'adult'],
	};
	const ofPublisher = readingPresets.filter((one) => one.publisher === publisher);
	const ofLanguage = [primary, '*'].map((wanted) => ofPublisher.filter((one) => one.language === wanted)).find((found) => found.length > 0) ?? [];
	return nearest[audience].flatMap((wanted) => ofLanguage.filter((one) => one.audience === wanted))[0] ?? null;
}
