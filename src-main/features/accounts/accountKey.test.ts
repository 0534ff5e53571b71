import { expect, test } from 'vitest';
import { accountName } from '#contract/accounts.ts';
import { accountKey } from './accountKey.ts';

test('a name with characters that nobody sees, or that turn its letters around, is refused', () => {
	const hidden = [
		'Ada\u200b',
		'A\u00adda',
		'\u202eadA',
		'A\u2066da',
		'a\nb',
		'a\u0007',
		'a\u2028b',
		'a\u2029b',
		'\u200b',
		'\u3164',
		'a\ue000',
		'\ufeffAda\u2060',
	];
	expect(hidden.filter((name) => accountName.safeParse(name).success)).toEqual([]);
	const seen = ['Ada', 'Zoë O’Brien-Łuc', '王小明', 'नीला', 'Ольга', '❤️'];
	expect(seen.map((name) => accountName.parse(name))).toEqual(seen);
});

test('names that differ in what cannot be seen alone are one', () => {
	expect(['Ada\u200b', 'A\u00adda', '\u2066Ada\u2069', 'a\ufe0fda'].map(accountKey)).toEqual(Array(4).fill('ada'));
});
