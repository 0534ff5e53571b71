import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLink } from './readLink.ts';

const refused = [
	'javascript:alert(1)',
	'JAVASCRIPT:alert(1)',
	'java\nscript:alert(1)',
	' javascript:alert(1)',
	'vbscript:msgbox(1)',
	'data:text/html,<script>1</script>',
	'blob:https://a.example/1',
	'file:///etc/passwd',
	'FILE:///C:/Windows/System32/calc.exe',
	'file://server/share/a.exe',
	'\\\\server\\share\\a.exe',
	'//server/share/a.exe',
	'\\\\?\\C:\\a.exe',
	'C:\\Windows\\System32\\calc.exe',
	'C:/a.exe',
	'/bin/sh',
	'./a.sh',
	'../a',
	'smb://server/share',
	'smb:server',
	'afp://server/a',
	'nfs://server/a',
	'ftp://server/a',
	'sftp://server/a',
	'ssh://root@server',
	'telnet://server',
	'ldap://server/a',
	'dav://server',
	'ms-msdt:/id PCWDiagnostic',
	'ms-msdt:-id',
	'search-ms:query=a',
	'search:query=a',
	'ms-officecmd:{}',
	'ms-word:ofe|u|https://a.example',
	'ms-excel:ofv|u|https://a.example',
	'ms-settings:privacy',
	'ms-appinstaller:?source=https://a.example',
	'ms-screenclip:',
	'ms-cxh:',
	'calculator:',
	'calc:',
	'shell:startup',
	'res://a.dll',
	'jar:https://a.example!/',
	'view-source:https://a.example',
	'about:blank',
	'chrome://settings',
	'edge://settings',
	'devtools://devtools',
	'app://homeroom/',
	'vscode://file/etc',
	'vscode-insiders://a',
	'slack://open',
	'zoommtg://a',
	'steam://run/1',
	'itms-services://?action=download-manifest',
	'intent://a#Intent;end',
	'magnet:?xt=1',
	'irc://a',
	'tel:+1',
	'sms:+1',
	'facetime:a@b.example',
	'x-apple.systempreferences:',
	'applescript://a',
	'help:runscript=a',
	'git://a',
	'git+ssh://a',
	'ws://a.example',
	'wss://a.example',
	'custom:anything',
	'',
	'a',
	'https:',
	'https://',
	'http:///',
	'https:// a.example',
	'https://a.example/\u0000',
	'https://a.example/\n',
	'https://a.example/\u202egpj.exe',
	'https://bank.example@evil.example/',
	'https://user:secret@evil.example/',
	`https://a.example/${'x'.repeat(4096)}`,
	'mailto:',
	'mailto:nobody',
	'mailto:a@b.example,c@d.example',
	'mailto:a@b.example%0d%0aBcc:x@y.example',
	'mailto:%',
	'mailto:%22a%22@b.example',
];

test('R4 only http, https and mailto may leave the app, whatever else a link is', () => {
	expect(refused.length).toBeGreaterThan(60);
	expect(refused.filter((link) => readLink(link) !== null)).toEqual([]);
});

test('R4 a link is opened as it was read, and the person sees the real host', () => {
	expect([
		readLink('https://example.org/a?b=c#d'),
		readLink('HTTP://EXAMPLE.ORG'),
		readLink('https://пример.example/'),
		readLink('https://google.com.evil.example:8443/'),
		readLink('https:/\\evil.example/'),
		readLink('http://2130706433/'),
		readLink('mailto:teacher@school.example?subject=Hello%20there&attach=/etc/passwd&attachment=C:\\a&bcc=spy@evil.example'),
	]).toEqual([
		{ url: 'https://example.org/a?b=c#d', goesTo: 'example.org' },
		{ url: 'http://example.org/', goesTo: 'example.org' },
		{ url: 'https://xn--e1afmkfd.example/', goesTo: 'xn--e1afmkfd.example' },
		{ url: 'https://google.com.evil.example:8443/', goesTo: 'google.com.evil.example:8443' },
		{ url: 'https://evil.example/', goesTo: 'evil.example' },
		{ url: 'http://127.0.0.1/', goesTo: '127.0.0.1' },
		{ url: 'mailto:teacher@school.example?subject=Hello%20there', goesTo: 'teacher@school.example' },
	]);
});

test('R4 whatever text is read, what comes out is one of the three schemes and free of control characters', () => {
	const schemes = fc.constantFrom('https://', 'http://', 'mailto:', 'javascript:', 'file://', 'HTTPS:', '');
	fc.assert(
		fc.property(schemes, fc.string({ unit: 'binary', maxLength: 60 }), (scheme, rest) => {
			const link = readLink(scheme + rest);
			if (link !== null) expect(link.url).toMatch(/^(https?:\/\/|mailto:)[\x21-\x7e]+$/);
		}),
		{ numRuns: 5000 },
	);
});
