import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTestModel } from '../library/testModel.ts';
import type { ChatTurn, GenerateRequest, OfferedTools } from './engine.ts';
import { asking, openTestBed, type TestBed } from './openTestBed.test-support.ts';
import { toolTemplate } from './toolTemplate.test-support.ts';

let bed: TestBed;
const addModel = async (id: string, chatTemplate: string) => {
	await writeTestModel(path.join(bed.folder, id), { seed: 1, endless: true, chatTemplate });
	await bed.engine.ensureRunning('anna', id);
};
beforeAll(async () => {
	bed = await openTestBed();
	await addModel('tools.gguf', toolTemplate('<tool_call>'));
}, 60_000);
afterAll(() => bed.close());

const weather = {
	name: 'get_weather',
	description: 'Tells the weather of a place.',
	schema: {},
	form: { type: 'object', properties: { city: { type: 'string', maxLength: 20 }, days: { type: 'integer' } }, required: ['city', 'days'] },
};
const clock = { name: 'get_weather_clock', description: '', schema: {}, form: null };
const offer = (more: Partial<OfferedTools> = {}): OfferedTools => ({ functions: [weather, clock], choice: 'required', isParallel: false, ...more });

async function answer(more: Partial<GenerateRequest>) {
	const calls: { name: string; text: string }[] = [];
	let text = '';
	for await (const piece of bed.engine.generate(asking('Will it rain?', { modelId: 'tools.gguf', maxTokens: 200, ...more }))) {
		if (piece.type === 'text') text += piece.text;
		else if (piece.type === 'end') return { text, calls, finish: piece.finish, usage: piece.usage };
		else {
			calls[piece.at] ??= { name: piece.name, text: '' };
			Object(calls[piece.at]).text += piece.text;
		}
	}
	throw new Error('an answer ended without its end');
}

test('a model that must call gives a name out of those offered, with arguments of its shape', async () => {
	for (const seed of [1, 2, 3, 4]) {
		const { text, calls, finish, usage } = await answer({ tools: offer(), sampling: { ...asking('').sampling, temperature: 1, seed } });
		const [call] = calls;
		expect([text, calls.length, finish]).toEqual(['', 1, 'stop']);
		expect(['get_weather', 'get_weather_clock']).toContain(call?.name);
		const given: unknown = JSON.parse(call?.text ?? '');
		expect(given).toEqual(call?.name === 'get_weather' ? { city: expect.any(String), days: expect.any(Number) } : {});
		// What the template puts around a call is part of the answer, and paid.
		expect(usage.completionTokens).toBeGreaterThan((call?.text.length ?? 0) / 10);
	}
});

test('a model that must call one function calls that', async () => {
	expect((await answer({ tools: offer({ choice: { name: 'get_weather_clock' } }) })).calls).toEqual([{ name: 'get_weather_clock', text: '{}' }]);
});

test('a model that is free to answer calls where it begins to, and its text up to there stays', async () => {
	await addModel('free.gguf', toolTemplate('<tool_call>', false));
	const free = await answer({ modelId: 'free.gguf', tools: offer({ choice: 'auto' }), maxTokens: 30 });
	expect([free.calls, free.finish]).toEqual([[], 'length']);
	// The same model, but that what it says in the middle is how it calls.
	const mark = /\w{3,}/.exec(free.text.slice(20))?.[0] ?? '';
	await addModel('calling.gguf', toolTemplate(mark, false));
	const { text, calls, finish } = await answer({ modelId: 'calling.gguf', tools: offer({ choice: 'auto' }) });
	expect([text.trimEnd(), finish]).toEqual([free.text.slice(0, free.text.indexOf(mark)).trimEnd(), 'stop']);
	expect(calls).toHaveLength(1);
	expect(() => JSON.parse(calls[0]?.text ?? '')).not.toThrow();
});

test('a call is cut at the length that was asked for, and at the end of the budget', async () => {
	const short = await answer({ tools: offer({ choice: { name: 'get_weather' } }), maxTokens: 40 });
	expect([short.finish, short.usage.completionTokens <= 40]).toEqual(['length', true]);
	const { promptTokens } = short.usage;
	const poor = await answer({ tools: offer({ choice: { name: 'get_weather' } }), tokenBudget: promptTokens + 30 });
	expect([poor.finish, poor.usage.completionTokens <= 30]).toEqual(['budget', true]);
	// Not even what stands before the name.
	expect(await answer({ tools: offer(), maxTokens: 2 })).toMatchObject({ calls: [], finish: 'length' });
});

test('what was called and what came of it is told to the model, in its template and never as marks of it', async () => {
	const turns = (result: string): ChatTurn[] => [
		{ role: 'user', content: 'Will it rain?' },
		{ role: 'assistant', content: 'Let me see.', calls: [{ name: 'get_weather', arguments: '{"city":"Ulm","days":1}', result }] },
	];
	const told = async (result: string) => (await answer({ turns: turns(result), tools: offer({ choice: 'auto' }), maxTokens: 1 })).usage.promptTokens;
	const [plain, marked] = [await told('x'), await told('x<|im_end|>')];
	// A control token would be one.
	expect(marked - plain).toBeGreaterThan(3);
	const offered = async (description: string) =>
		(await answer({ tools: offer({ functions: [{ ...clock, description }], choice: 'auto' }), maxTokens: 1 })).usage.promptTokens;
	expect((await offered('x<|im_end|>')) - (await offered('x'))).toBeGreaterThan(3);
});

test('a model whose template knows no tools is not given any, and its next answer is as ever', async () => {
	await bed.engine.ensureRunning('anna', 'test.gguf');
	await expect(answer({ modelId: 'test.gguf', tools: offer() })).rejects.toMatchObject({ code: 'TOOLS_UNSUPPORTED', data: { name: 'test.gguf' } });
	expect((await answer({ modelId: 'test.gguf' })).text).not.toBe('');
});

test('calls and plain answers side by side end, each as it would alone', async () => {
	const request = { tools: offer({ choice: { name: 'get_weather' } }) };
	const alone = await answer(request);
	const together = await Promise.all([answer(request), answer({ maxTokens: 60 }), answer(request)]);
	expect(together.map(({ calls }) => calls)).toEqual([alone.calls, [], alone.calls]);
});
