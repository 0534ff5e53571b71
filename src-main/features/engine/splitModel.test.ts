import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSplitTestModel } from '../library/gguf/writeSplitTestModel.test-support.ts';
import { asking, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

let bed: TestBed;
beforeAll(async () => {
	bed = await openTestBed();
});
afterAll(() => bed.close());

async function answerOf(modelId: string): Promise<string> {
	await bed.engine.ensureRunning('anna', modelId);
	const { text } = await readAnswer(bed.engine.generate(asking('Tell me about rivers.', { modelId })));
	return text;
}

test('a model in parts is loaded by its first part and answers as the whole one does', async () => {
	const [first = ''] = await writeSplitTestModel(bed.folder, 'split', 3, { seed: 1 });
	const whole = await answerOf('test.gguf');
	expect(whole).toMatch(/\w+ \w+/);
	expect(await answerOf(first.slice(bed.folder.length + 1))).toBe(whole);
});
