import { expect, test } from 'vitest';
import { languageOfFileName, likelySource, likelyTarget } from './languages.ts';

test('a file name tells its language before its ending, in any of the usual spellings', () => {
	const names = ['Film.en.srt', 'Film.S01E02.zh-TW.ass', 'film_chs.srt', 'Film.eng.srt', 'Film.2024.srt', 'the end.srt', 'Film.srt', 'Film.xx.srt'];
	expect(names.map(languageOfFileName)).toEqual(['en', 'zh-Hant', 'zh-Hans', 'en', null, null, null, null]);
});

test('what the cues are in goes before what the name tells, which may tell it more exactly', () => {
	const sources = [
		likelySource('Film.en.srt', 'de'),
		likelySource('Film.es-419.srt', 'es'),
		likelySource('Film.chs.srt', 'zh-Hant'),
		likelySource('Film.srt', 'pt'),
		likelySource('Film.fr.srt', null),
		likelySource('Film.srt', null),
	];
	expect(sources).toEqual(['de', 'es-419', 'zh-Hant', 'pt-BR', 'fr', null]);
});

test('what is translated into is never what the film is in', () => {
	expect([likelyTarget('en', 'de'), likelyTarget('en', 'en-GB'), likelyTarget('zh', 'zh-Hant'), likelyTarget('zh', 'en'), likelyTarget('en', null)]).toEqual([
		...['en', 'zh-Hans', 'en', 'zh-Hans', 'en'],
	]);
});
