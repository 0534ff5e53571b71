import { expect, test } from 'vitest';
import { nameLanguages } from './languageName.ts';

test('names the first languages in the reader’s own, and says how many more there are', () => {
	expect(nameLanguages(['en', 'zh'], 'en')).toEqual({ named: 'English, Chinese', more: 0 });
	expect(nameLanguages(['en', 'zh', 'de', 'fr', 'es', 'pt'], 'zh')).toEqual({ named: '英语、中文、德语、法语', more: 2 });
});

test('shows what is no code of a language as it is', () => {
	expect(nameLanguages(['multi lingual!', '../..'], 'en')).toEqual({ named: 'multi lingual!, ../..', more: 0 });
});
