import { expect, test } from 'vitest';
import { namesOfScripts } from './namesOfScripts.ts';

const scripts = ['Arab', 'Hang', 'Zzzz'].map((script) => ({ script }));

test.each([
	['en', 1, 'Arabic'],
	['en', 3, 'Arabic, Hangul, and Unknown Script'],
	['zh', 3, '阿拉伯文、谚文和未知文字'],
])('scripts are named in %s, of %i', (reader, count, names) => {
	expect(namesOfScripts(scripts.slice(0, count), reader)).toBe(names);
});
