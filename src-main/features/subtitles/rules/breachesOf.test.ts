import { expect, test } from 'vitest';
import { breachesOf, exactFrameRate } from '#contract/breachesOf.ts';
import { presetOf, readingPreset, readingPresets, readingRules } from '#contract/readingRules.ts';

const english = readingPreset('netflix-en')?.rules ?? expect.fail('no preset for English');
const chinese = readingPreset('netflix-zh')?.rules ?? expect.fail('no preset for Chinese');

const at = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs });

test.for([
	['nothing', at('Hello there.', 0, 1000), at('', 1083, 2000), 24, []],
	['twenty characters a second exactly', at('12345678901234567890', 0, 1000), null, 24, []],
	['speed', at('123456789012345678901', 0, 1000), null, 24, [{ kind: 'cps', measured: 21, limit: 20 }]],
	['the longest line', at(`short\n${'x'.repeat(43)}`, 0, 4000), null, 24, [{ kind: 'cpl', measured: 43, limit: 42 }]],
	['lines', at('a\nb\nc', 0, 2000), null, 24, [{ kind: 'lines', measured: 3, limit: 2 }]],
	['too short', at('Hi', 0, 832), null, 24, [{ kind: 'tooShort', measured: 832, limit: 833 }]],
	['too long', at('Hi', 0, 7001), null, 24, [{ kind: 'tooLong', measured: 7001, limit: 7000 }]],
	['two frames in whole milliseconds at 24', at('Hi', 0, 1000), at('', 1083, 2000), 24, []],
	['a gap of less than two frames at 24', at('Hi', 0, 1000), at('', 1082, 2000), 24, [{ kind: 'gap', measured: 1.97, limit: 2 }]],
	['two frames at 23.976', at('Hi', 0, 1000), at('', 1083, 2000), 23.976, []],
	['no gap at 25', at('Hi', 0, 1000), at('', 1000, 2000), 25, [{ kind: 'gap', measured: 0, limit: 2 }]],
	['an overlap, and no gap beside it', at('Hi', 0, 1000), at('', 900, 2000), 25, [{ kind: 'overlap', measured: 100, limit: 0 }]],
	[
		'that it ends before it begins, and of its time nothing else',
		at('Hi', 1000, 900),
		at('', 950, 2000),
		25,
		[{ kind: 'endBeforeStart', measured: 100, limit: 0 }],
	],
	[
		'no time at all',
		at('Hi', 1000, 1000),
		null,
		25,
		[
			{ kind: 'cps', measured: 999, limit: 20 },
			{ kind: 'tooShort', measured: 0, limit: 833 },
		],
	],
] as const)('tells %s', ([, cue, next, fps, breaches]) => {
	expect(breachesOf(cue, next, english, fps)).toEqual(breaches);
});

test('Chinese is measured by width', () => {
	expect(breachesOf(at('一二三四五六七八九十一二三四五ab', 0, 2000), null, chinese, 24)).toEqual([]);
	expect(breachesOf(at('一二三四五六七八九十一二三四五六a', 0, 1000), null, chinese, 24)).toEqual([
		{ kind: 'cps', measured: 16.5, limit: 9 },
		{ kind: 'cpl', measured: 16.5, limit: 16 },
	]);
});

test('every preset is one that a person could set, under an id of its own', () => {
	expect(readingPresets.map(({ rules }) => readingRules.safeParse(rules).success)).not.toContain(false);
	expect(new Set(readingPresets.map(({ id }) => id)).size).toBe(readingPresets.length);
});

test.for([
	['en-GB', 'netflix', 'adult', 'netflix-en', 20],
	['en', 'netflix', 'children', 'netflix-en-children', 17],
	['zh-Hant-TW', 'netflix', 'adult', 'netflix-zh', 9],
	['zh-Hans', 'netflix', 'sdh', 'netflix-zh-sdh', 11],
	['zh_CN', 'netflix', 'sdhChildren', 'netflix-zh-sdhChildren', 9],
	['ja', 'netflix', 'adult', 'netflix-ja', 4],
	['ko-KR', 'netflix', 'sdh', 'netflix-ko-sdh', 14],
	['fr', 'netflix', 'sdh', 'netflix-other', 17],
	['fr', 'netflix', 'sdhChildren', 'netflix-other-children', 13],
	['ar', 'netflix', 'children', 'netflix-ar', 20],
	['hi', 'netflix', 'adult', 'netflix-hi', 22],
	['en', 'bbc', 'adult', 'bbc-en', 18],
	['fr', 'own', 'adult', 'own-other', 20],
	['zh', 'own', 'children', 'own-zh', 9],
] as const)('%s of %s for %s is %s', ([language, publisher, audience, id, maxCps]) => {
	const preset = presetOf(language, publisher, audience);
	expect([preset?.id, preset?.rules.maxCps]).toEqual([id, maxCps]);
});

test('the BBC has no rules for French', () => {
	expect(presetOf('fr', 'bbc')).toBeNull();
});

test('frame rates of television are exact', () => {
	expect([23.976, 23.98, 29.97, 59.94, 24, 25, 30].map(exactFrameRate)).toEqual([24000 / 1001, 24000 / 1001, 30000 / 1001, 60000 / 1001, 24, 25, 30]);
});
