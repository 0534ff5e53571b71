import { expect, test } from 'vitest';
import { intent } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { doubtfulSettings } from './doubtfulSettings.ts';

const basic = settingsOfIntent('basic');

test('a learning rate that spoils the model and a rank above the number of examples are told', () => {
	expect(doubtfulSettings({ ...basic, learningRate: 1, rank: 256 }, 40)).toEqual(['learningRate', 'rank']);
	expect(doubtfulSettings({ ...basic, learningRate: 0.005, rank: 40 }, 40)).toEqual([]);
	expect(doubtfulSettings({ ...basic, rank: 256 }, null)).toEqual([]);
});

test('what is advised is not doubted', () => {
	expect(intent.options.flatMap((each) => doubtfulSettings(settingsOfIntent(each), 40))).toEqual([]);
});
