import { expect, test } from 'vitest';
import { chineseScriptOf, scriptsOf } from './scriptsOf.ts';

test.for([
	['zh', ['Hani', 'Bopo']],
	['zh-TW', ['Hani', 'Bopo']],
	['ja', ['Hani', 'Hira', 'Kana']],
	['ko', ['Hang', 'Hani']],
	['sr', ['Cyrl', 'Latn']],
	['sr-Latn', ['Latn']],
	['pt-BR', ['Latn']],
	['ru', ['Cyrl']],
	['und', null],
	['xx', null],
	['not a tag', null],
] as const)('the scripts of %s', ([language, scripts]) => {
	expect(scriptsOf(language)).toEqual(scripts);
});

test('the region tells which characters of Chinese are meant', () => {
	expect(['zh', 'zh-CN', 'zh-TW', 'zh-HK', 'zh-Hant', 'ja', 'x'].map(chineseScriptOf)).toEqual(['Hans', 'Hans', 'Hant', 'Hant', 'Hant', null, null]);
});
