import { expect, test } from 'vitest';
import { intent, runSettings } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { boundsOf, fieldsOf, readFields } from './settingFields.ts';
import { settingNames } from './settingNames.ts';

test('what every intent stands for goes through the form unchanged', () => {
	for (const each of intent.options) {
		expect(readFields(fieldsOf(settingsOfIntent(each)))).toEqual({ settings: settingsOfIntent(each), wrong: [] });
	}
});

test('the form has every setting of the contract', () => {
	expect([...settingNames].sort()).toEqual(Object.keys(runSettings.shape).sort());
});

test('names what the contract refuses, and takes a comma, an exponent and an empty “never”', () => {
	const fields = fieldsOf(settingsOfIntent('basic'));
	expect(readFields({ ...fields, learningRate: '0', rank: '2.5', epochs: '', seed: 'one', targets: [] })).toEqual({
		settings: null,
		wrong: ['rank', 'targets', 'epochs', 'learningRate', 'seed'],
	});
	expect(readFields({ ...fields, learningRate: '3e-4', weightDecay: '0,1', patience: ' ', threads: '2' }).settings).toMatchObject({
		learningRate: 3e-4,
		weightDecay: 0.1,
		patience: null,
		threads: 2,
	});
});

test('tells the bounds as the contract has them', () => {
	expect([boundsOf('rank'), boundsOf('learningRate'), boundsOf('patience'), boundsOf('warmUpFraction')]).toEqual([
		{ least: 1, most: 256, isWhole: true, isAbove: false },
		{ least: 0, most: 1, isWhole: false, isAbove: true },
		{ least: 1, most: 1000, isWhole: true, isAbove: false },
		{ least: 0, most: 1, isWhole: false, isAbove: false },
	]);
});
