import { expect, test } from 'vitest';
import { numbered, resultNames, safeName } from './resultNames.ts';

test('a name that came from outside leads nowhere but below its folder', () => {
	expect(
		['../../etc/passwd', '/a/b.json', 'C:\\x\\y.csv', 'a/./b/../c.json', 'con.json', '..', 'Zoë 数据.yaml', 'a\u0000b.json', 'noEnding'].map(safeName),
	).toEqual([...['etc/passwd', 'a/b.json', 'C/x/y.csv', 'a/b/c.json', '_con.json', 'Homeroom', 'Zoë 数据.yaml', 'a b.json', 'noEnding']]);
});

test('results are called as their sources, and no two of them the same', () => {
	expect(resultNames(['a.json', 'b/a.json', 'A.csv', 'a.v2.json', '.hidden', 'plain'], 'yaml')).toEqual([
		...['a.yaml', 'b/a.yaml', 'A (2).yaml', 'a.v2.yaml', '.hidden.yaml', 'plain.yaml'],
	]);
	expect(numbered('b/a.tar.gz', 2)).toBe('b/a.tar (2).gz');
});
