import { expect, test } from 'vitest';
import { wordsPerMinute } from './wordsPerMinute.ts';

test.each([
	[4.004, 'en', 180],
	[4.004, 'zh', 360],
	[0.04, 'en', 1.8],
	[53.3, 'en', 2400],
])('%d tokens a second are about as many words or characters a minute as two figures tell (%s)', (tokens, language, words) => {
	expect(wordsPerMinute(tokens, language)).toBe(words);
});
