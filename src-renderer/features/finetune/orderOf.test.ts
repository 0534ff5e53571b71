import { expect, test } from 'vitest';
import { datasetForm, runOrder } from '#contract/finetune.ts';
import { settingsOfIntent } from '#contract/settingsOfIntent.ts';
import { orderOf, taskOfForm } from './orderOf.ts';
import { fieldsOf } from './settingFields.ts';

const form = { intent: 'domain' as const, fields: fieldsOf(settingsOfIntent('domain')) };
const chosen = { modelId: 'model', versionId: 'version', title: 'Mark like me', task: 'marks' as const };

test('makes an order that the contract takes, once all is chosen and right', () => {
	const order = orderOf(form, chosen);
	expect(runOrder.parse(order)).toEqual({ ...chosen, intent: 'domain', settings: settingsOfIntent('domain') });
	expect([
		orderOf(form, { ...chosen, modelId: null }),
		orderOf(form, { ...chosen, versionId: null }),
		orderOf(form, { ...chosen, title: '' }),
		orderOf({ ...form, fields: { ...form.fields, epochs: '0' } }, chosen),
	]).toEqual([null, null, null, null]);
});

test('judges marks as marks, subtitles as translations, all else as text', () => {
	expect(datasetForm.options.map((each) => [each, taskOfForm(each)])).toEqual([
		['messages', 'text'],
		['prompt', 'text'],
		['alpaca', 'text'],
		['table', 'text'],
		['subtitles', 'translation'],
		['marks', 'marks'],
		['cues', 'translation'],
		['chats', 'text'],
	]);
});
