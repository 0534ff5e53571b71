import { expect, test } from 'vitest';
import { languageOfFileName } from './languages.ts';

test('a file name tells its language before its ending, in any of the usual spellings', () => {
	const names = ['Film.en.srt', 'Film.S01E02.zh-TW.ass', 'film_chs.srt', 'Film.eng.srt', 'Film.2024.srt', 'the end.srt', 'Film.srt', 'Film.xx.srt'];
	expect(names.map(languageOfFileName)).toEqual(['en', 'zh-Hant', 'zh-Hans', 'en', null, null, null, null]);
});
