import phrases from '../../../resources/finetune/phrases.json' with { type: 'json' };
import { chooseKind, setFile, setForm } from './newDatasetStore.ts';

/**
 * Fills the form for a new dataset with thirty new phrases and their translation, as a table that can be read: lines of an invented
 * story, so that no model knows its own way to say them already.
 */
export function fillWithExample(title: string): void {
	setForm({ title });
	chooseKind('file');
	const rows = phrases.map(({ english, chinese }) => `"Translate into Chinese: ${english}","${chinese}"`);
	setFile({ text: ['prompt,completion', ...rows].join('\n') });
}
