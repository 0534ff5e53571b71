import { expect, test } from 'vitest';
import { outsideAddress } from './outsideAddress.ts';

test('R4 lets whole http, https and mailto addresses through and nothing else', () => {
	const refused = [
		'javascript:alert(1)',
		' javascript:alert(1)',
		'java\nscript:1',
		'data:text/html,x',
		'file:///etc/passwd',
		'//host/x',
		'/path',
		'#/settings',
		'smb://h/s',
		'\\\\h\\s',
		'ms-msdt:/id',
		'search-ms:x',
		'blob:https://h/1',
		'vbscript:x',
		'https://bank.example@evil.example/',
		'https:',
		'',
	];
	expect(refused.filter((url) => outsideAddress(url) !== null)).toEqual([]);
	expect(['https://a.example/x', 'http://a.example', 'mailto:a@b.example', 'HTTPS://A.example'].map((url) => outsideAddress(url)?.href)).toEqual([
		'https://a.example/x',
		'http://a.example/',
		'mailto:a@b.example',
		'https://a.example/',
	]);
});
