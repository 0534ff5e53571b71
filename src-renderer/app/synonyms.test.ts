import { expect, test } from 'vitest';
import en from '../../resources/locales/en/synonyms.json';
import zh from '../../resources/locales/zh/synonyms.json';
import { routes } from './routes.tsx';
import { wordOf } from './useActs.ts';

test('every screen that can be gone to is found by further words in both languages, each said once', () => {
	const words = routes.map(wordOf).filter(Boolean);
	expect(words.filter((word) => !(word in en.place) || !(word in zh.place))).toEqual([]);
	const lists = [en, zh].flatMap((language) => [...Object.values(language.place), ...Object.values(language.act)]);
	const repeating = lists.filter((list) => new Set(list.split(', ')).size !== list.split(', ').length || /,(?! )|, *$|，/.test(list));
	expect(repeating).toEqual([]);
});
