import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkedScreens } from '#contract/linkedScreens.ts';
import { readHandedOver } from './readHandedOver.ts';

const read = (...args: string[]) => readHandedOver(args, '/home/ada');

test('files are opened by their paths, relative to where the program was started, and by the addresses that file managers hand over', () => {
	expect(read('.', '--data', '/srv/homeroom.d', 'film.srt', '/tmp/a b.gguf', 'file:///home/ada/Klasse%207.csv', '--', '-7b.gguf')).toEqual([
		{ kind: 'file', path: '/home/ada/film.srt' },
		{ kind: 'file', path: '/tmp/a b.gguf' },
		{ kind: 'file', path: '/home/ada/Klasse 7.csv' },
		{ kind: 'file', path: '/home/ada/-7b.gguf' },
	]);
});

test('what names no file of this machine is passed over', () => {
	expect(read('--reset-password', 'ada.lovelace', 'file://server/share/a.srt', 'file:///a%00.srt', 'file:///%', 'a\0.srt', '', '/usr/bin')).toEqual([]);
});

test('so many files at once that it can only be a mistake are cut off', () => {
	expect(read(...Array.from({ length: 500 }, (_, at) => `${at}.srt`))).toHaveLength(50);
});

test('a link leads to a screen of the list', () => {
	expect(['homeroom://grading', 'HOMEROOM://Grading/', 'homeroom:subtitles'].flatMap((link) => read(link))).toEqual([
		{ kind: 'screen', screen: 'grading' },
		{ kind: 'screen', screen: 'grading' },
		{ kind: 'screen', screen: 'subtitles' },
	]);
});

test.each([
	'homeroom://',
	'homeroom://admin',
	'homeroom://toString',
	'homeroom://__proto__',
	'homeroom://models/../../etc/passwd',
	'homeroom://models?load=1',
	'homeroom://models#/settings',
	'homeroom://grading@evil.example',
	'homeroom://settings%2f',
	'homeroom:javascript:alert(1)',
	'homeroom://file:///etc/passwd',
	`homeroom://${'a'.repeat(100_000)}`,
])('a hostile link leads nowhere: %s', (link) => {
	expect(read(link)).toEqual([{ kind: 'unknownLink' }]);
});

test('beside a link nothing else is heeded: neither a file nor an option that it brought along', () => {
	expect(read('--data', '/tmp/evil', 'homeroom://models', '/tmp/evil.gguf', '--reset-password', 'ada')).toEqual([{ kind: 'screen', screen: 'models' }]);
});

test('whatever a link says, it is one of the screens or nowhere', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (rest) => {
			const [only, ...others] = read(`homeroom://${rest}`);
			expect(others).toEqual([]);
			if (only?.kind === 'screen') expect(Object.keys(linkedScreens)).toContain(only.screen);
			else expect(only).toEqual({ kind: 'unknownLink' });
		}),
	);
});
