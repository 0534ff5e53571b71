import { expect, test } from 'vitest';
import { fitsLimits } from './fitsLimits.ts';

test('takes what a page sends and refuses what only an attacker does, before it is parsed', () => {
	const told = {
		'a call': fitsLimits('{"i":"1","p":{"u":"/chat/list","b":{"json":{"a":[1,2]}}}}'),
		'64 levels': fitsLimits('['.repeat(64) + ']'.repeat(64)),
		'65 levels': fitsLimits('['.repeat(65) + ']'.repeat(65)),
		'brackets inside a text': fitsLimits(`{"a":"${'['.repeat(1000)}"}`),
		'a quote inside a text': fitsLimits(`{"a":"\\"${'['.repeat(1000)}"}`),
		'a backslash at the end of a text': fitsLimits(`{"a":"\\\\","b":${'['.repeat(65)}`),
		'a long text': fitsLimits(`"${'x'.repeat(5_000_000)}"`),
		'many values': fitsLimits(`[${'0,'.repeat(999_998)}0]`),
		'too many values': fitsLimits(`[${'0,'.repeat(1_000_001)}0]`),
		'too many empty lists': fitsLimits(`[${'[],'.repeat(700_000)}[]]`),
		'no JSON': fitsLimits('\\"\\'),
	};
	expect(told).toEqual({
		'a call': true,
		'64 levels': true,
		'65 levels': false,
		'brackets inside a text': true,
		'a quote inside a text': true,
		'a backslash at the end of a text': false,
		'a long text': true,
		'many values': true,
		'too many values': false,
		'too many empty lists': false,
		'no JSON': true,
	});
});
