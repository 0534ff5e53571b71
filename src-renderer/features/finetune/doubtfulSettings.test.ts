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

test('what is advised is not doubted, however few the examples are; that they are few is', () => {
	const doubts = (examples: number) => new Set(intent.options.flatMap((each) => doubtfulSettings(settingsOfIntent(each, null, examples), examples)));
	expect([1, 3, 19, 20, 31, 40, 100_000].map((examples) => [...doubts(examples)])).toEqual([['examples'], ['examples'], ['examples'], [], [], [], []]);
});
