import { expect, test } from 'vitest';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { exampleRun } from './exampleRun.test-support.ts';
import { formOfRun, titleFor } from './formOfRun.ts';
import { readFields } from './settingFields.ts';

/** What the form of this run asks for when its rows were so long. */
const again = (rowTokens: number) => readFields(formOfRun({ ...exampleRun, settings: { ...settingsOfIntent('basic'), rank: 4, rowTokens } }).fields).settings;

test('a run is done again as it was set, but with rows as long as advised where they were made shorter', () => {
	expect(again(96)).toEqual({ ...settingsOfIntent('basic'), rank: 4 });
	expect(again(4096)).toMatchObject({ rowTokens: 4096 });
});

test('the name of a run goes with its dataset, one that was typed stays', () => {
	const { title, from } = formOfRun(exampleRun);
	expect([titleFor('dataset', { title, from }), titleFor('other', { title, from }), titleFor('other', { title: 'Mine', from })]).toEqual([title, '', 'Mine']);
	expect(titleFor('other', { title, from: formOfRun({ ...exampleRun, dataset: null }).from })).toBe('');
	expect(titleFor('other', { title, from: null })).toBe(title);
});
