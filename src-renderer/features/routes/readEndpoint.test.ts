import { expect, test } from 'vitest';
import { isOtherServer, readEndpoint } from './readEndpoint.ts';

test.each([
	['http://localhost:11434', true],
	[' http://127.0.0.1:1234/v1 ', true],
	['http://127.8.1.2/v1', true],
	['http://[::1]:8080/v1', true],
	['https://api.openai.com/v1', false],
	['http://192.168.1.7:8000/v1', false],
	['http://100.64.0.2/v1', false],
	['http://server.lan/v1', false],
	['https://localhost.example/v1', false],
	['https://127.0.0.1.example/v1', false],
])('%s: whether it is on this machine is %s', (typed, isHere) => {
	expect(readEndpoint(typed)).toEqual({ address: typed.trim(), host: new URL(typed).host, isHere });
});

test.each([
	'',
	'localhost:11434',
	'ftp://a.test',
	'https://',
	'https://a b.test',
	'https://name:secret@a.test',
	'https://a.test/v1?key=1',
	'https://a.test/#x',
	'http://8.8.8.8/v1',
	'http://172.32.0.1',
])('%j is no address of a backend', (typed) => {
	expect(readEndpoint(typed)).toBeNull();
});

test('another path is the same server; another port, host or scheme is another', () => {
	const before = 'https://a.test/v1';
	expect(['https://a.test/api', 'https://a.test:444/v1', 'https://b.test/v1', 'http://a.test/v1'].map((address) => isOtherServer(address, before))).toEqual([
		...[false, true, true, true],
	]);
});
