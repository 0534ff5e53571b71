import { expect, test } from 'vitest';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { compareSettings } from './compareSettings.ts';

test('names the settings in which two runs differ, in the order of the form', () => {
	const basic = settingsOfIntent('basic');
	expect(compareSettings([basic, { ...basic, seed: 7, rank: 4, targets: ['v', 'k', 'q'] }])).toEqual(['rank', 'seed']);
	expect(compareSettings([basic, settingsOfIntent('domain')])).toEqual(['rank', 'alpha', 'targets']);
	expect(compareSettings([basic, basic])).toEqual([]);
});
