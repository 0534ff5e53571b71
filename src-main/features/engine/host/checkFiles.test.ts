import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import { adapterDraft, encodeDraft, projectorDraft, tinyDraft } from '../../library/gguf/malformed.test-support.ts';
import { writeSplitTestModel } from '../../library/gguf/writeSplitTestModel.test-support.ts';
import { checkFiles } from './checkFiles.ts';

let folder = '';
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'homeroom-check-'));
	await writeFile(at('model.gguf'), encodeDraft(tinyDraft()));
	await writeFile(at('lora.gguf'), encodeDraft(adapterDraft()));
	await writeFile(at('mmproj.gguf'), encodeDraft(projectorDraft()));
	await writeSplitTestModel(folder, 'whole', 3);
	const [, second = ''] = await writeSplitTestModel(folder, 'torn', 3);
	await rm(second);
	const [first = ''] = await writeSplitTestModel(folder, 'renamed', 2);
	await rename(first, at('renamed.gguf'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function answerTo(model: string): unknown {
	try {
		checkFiles(at(model));
		return 'taken';
	} catch (error) {
		return isFailure(error, 'MODEL_FILE_INVALID') ? error.data : error;
	}
}

test('takes a model, and one in parts by its first part', () => {
	expect([answerTo('model.gguf'), answerTo('whole-00001-of-00003.gguf')]).toEqual(['taken', 'taken']);
});

test.each([
	[
		'a LoRA adapter as a model',
		'lora.gguf',
		{ fileName: 'lora.gguf', kind: 'accessory', detail: 'It is a LoRA adapter, which is used together with a model, not a model.' },
	],
	[
		'a picture part as a model',
		'mmproj.gguf',
		{ fileName: 'mmproj.gguf', kind: 'accessory', detail: 'It is the picture part (mmproj) of a model, not the model itself.' },
	],
	['a model that is not there', 'gone.gguf', { fileName: 'gone.gguf', kind: 'unreadable', detail: 'The file could not be opened.' }],
	[
		'a split model without its second part',
		'torn-00001-of-00003.gguf',
		{ fileName: 'torn-00002-of-00003.gguf', kind: 'unreadable', detail: 'The file could not be opened.' },
	],
	[
		'a part under another name',
		'renamed.gguf',
		{ fileName: 'renamed.gguf', kind: 'strayPart', detail: 'It is one of 2 parts of a model, and its name does not say which.' },
	],
])('M2 refuses %s', (_, model, data) => {
	expect(answerTo(model)).toEqual(data);
});
