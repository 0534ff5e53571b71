import { expect, test } from 'vitest';
import { lookAtTexts } from './lookAtTexts.ts';
import { lostAddresses } from './lostAddresses.ts';

test.each([
	['kept', 'Visit https://example.org/a?b=1.', '请访问 https://example.org/a?b=1。', []],
	['one lost, one changed', 'See http://a.example/x and www.b.example', 'Siehe www.c.example', ['http://a.example/x', 'www.b.example']],
	['mail', 'Write to ann.lee+x@mail.example.org!', 'Schreib Ann!', ['ann.lee+x@mail.example.org']],
	['another case', 'Go to WWW.Example.org', 'Geh zu www.example.org', []],
	['none', 'At 5 @ the station', 'Um 5 am Bahnhof', []],
])('an address that the translation has not is found: %s', (_, source, target, lost) => {
	expect(lostAddresses(source, target)).toEqual(lost);
});

test('a lost address is a finding like a lost number', () => {
	const look = lookAtTexts({ sourceLanguage: 'en', targetLanguage: 'de', glossary: [], keepsSongs: false });
	expect(look({ source: 'Visit www.example.org now, please.', target: 'Besuchen Sie uns doch jetzt bitte.' })).toEqual([
		{ kind: 'addresses', missing: ['www.example.org'] },
	]);
});
