import path from 'node:path';
import { getLlama, type Llama } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeGguf } from '../library/gguf/writeGguf.ts';
import { testModelContent } from '../library/testModel.ts';
import { testVocabulary, tokenizerMetadata } from '../library/testVocabulary.ts';
import type { OfferedTools } from './engine.ts';
import { ChatRenderer } from './host/ChatRenderer.ts';
import { type KnownTemplate, knownTemplates } from './knownTemplates.test-support.ts';
import { asking, openTestBed, type TestBed } from './openTestBed.test-support.ts';

let bed: TestBed;
let llama: Llama;
beforeAll(async () => {
	bed = await openTestBed();
	llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false });
}, 60_000);
afterAll(async () => {
	await llama.dispose();
	await bed.close();
});

const weather = {
	name: 'get_weather',
	description: 'Tells the weather of a place.',
	schema: {},
	form: { type: 'object', properties: { city: { type: 'string', maxLength: 20 }, days: { type: 'integer' } }, required: ['city', 'days'] },
};
const offer: OfferedTools = { functions: [weather], choice: 'required', isParallel: false };
const given = '{"city": "Ulm", "days": 2}';

/** The test model with a template, and with a token that it is known by in the place of the least used one. */
async function writeModel({ family, jinja, token }: KnownTemplate): Promise<string> {
	const vocabulary = testVocabulary();
	const known = token === undefined ? vocabulary : [...vocabulary.slice(0, -1), { text: token, kind: 'control' as const }];
	const { metadata, tensors } = testModelContent({ endless: true });
	const file = `${family}.gguf`;
	const own = { ...metadata, ...tokenizerMetadata(known), 'tokenizer.chat_template': { type: 'string' as const, value: jinja } };
	await writeGguf(path.join(bed.folder, file), { metadata: own, tensors });
	return file;
}

async function call(modelId: string) {
	let json = '';
	for await (const piece of bed.engine.generate(asking('Will it rain?', { modelId, maxTokens: 200, tools: offer }))) {
		if (piece.type === 'end') return { json, finish: piece.finish, usage: piece.usage };
		json += piece.text;
	}
	throw new Error('an answer ended without its end');
}

test.each(knownTemplates)(
	'$family is told of functions, and a call that it must make comes in its own form and is read',
	async (known) => {
		const modelId = await writeModel(known);
		const model = await llama.loadModel({ modelPath: path.join(bed.folder, modelId), vocabOnly: true });
		try {
			const renderer = new ChatRenderer(model, known.family);
			const { callSyntax: syntax } = renderer;
			const written = [...syntax.begin(0), ...syntax.name('get_weather'), ...model.tokenize(given, false), ...syntax.end('get_weather')];
			expect(model.detokenize(written, true)).toBe(known.call.replace('ARGUMENTS', given));
			const prompt = model.detokenize(renderer.render([{ role: 'user', content: 'Will it rain?' }], offer.functions).tokens, true);
			expect([prompt.includes(weather.name), prompt.includes(weather.description), prompt.includes('Will it rain?')]).toEqual([true, true, true]);
			// What it has called before stands in its prompt as it would write it.
			const calls = [{ name: 'get_weather', arguments: '{"city":"Ulm","days":2}', result: '"rain"' }];
			const turns = [
				{ role: 'user' as const, content: 'Will it rain?' },
				{ role: 'assistant' as const, content: '', calls },
			];
			const told = model.detokenize(renderer.render(turns, offer.functions).tokens, true);
			expect(told.replace(/(?<=[:,]) /g, '')).toContain(known.call.replace('ARGUMENTS', given).replace(/(?<=[:,]) /g, ''));
		} finally {
			await model.dispose();
		}
		await bed.engine.ensureRunning('anna', modelId);
		const { json, finish, usage } = await call(modelId);
		expect([JSON.parse(json), finish]).toEqual([{ city: expect.any(String), days: expect.any(Number) }, 'stop']);
		// What stands around the arguments is written and paid too.
		expect(usage.completionTokens).toBeGreaterThan(10);
		await bed.engine.unload('anna', bed.engine.deployments('anna').find((each) => each.modelId === modelId)?.id ?? '');
	},
	60_000,
);
