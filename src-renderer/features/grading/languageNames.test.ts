import { expect, test } from 'vitest';
import { feedbackLanguages } from '#contract/feedbackLanguages.ts';
import { namedLanguages, nameLanguage } from './languageNames.ts';

test('a language is named in the reader’s own and in itself', () => {
	expect((['en', 'zh', 'zh-Hant', 'es', 'ar'] as const).map((code) => nameLanguage(code, 'en'))).toEqual([
		'English',
		'Simplified Chinese (简体中文)',
		'Traditional Chinese (繁體中文)',
		'Spanish (español)',
		'Arabic (العربية)',
	]);
	expect((['en', 'zh', 'es'] as const).map((code) => nameLanguage(code, 'zh'))).toEqual(['英语 (English)', '简体中文', '西班牙语 (español)']);
});

test('every language is there once, those of the screens first and the others by their names', () => {
	const [first, second, ...others] = namedLanguages('en').map(({ code }) => code);
	expect([first, second, others.slice(0, 3)]).toEqual(['en', 'zh', ['ar', 'bn', 'bg']]);
	expect([first, second, ...others].toSorted()).toEqual(feedbackLanguages.toSorted());
});
