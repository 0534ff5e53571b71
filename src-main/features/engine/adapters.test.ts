import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trainTestAdapter } from '../finetune/trainer/trainTestAdapter.test-support.ts';
import { writeArchitectureModel } from '../finetune/trainer/writeArchitectureModel.test-support.ts';
import type { GenerateRequest } from './engine.ts';
import { asking, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

let bed: TestBed;
const fileOf = (name: string) => path.join(bed.folder, `${name}.lora`);
const questions = ['What is the moon?', 'Who can read this book?'];
const answers = { red: ['the big red sun and the water', 'a teacher can read it'], own: ['no one', 'the children under the tree'] };

/** Trains an adapter that gives these answers. */
async function teach(name: string, said: readonly string[]): Promise<number> {
	const examples = [];
	const chats = questions.map((question, i) => [
		{ role: 'user' as const, content: question },
		{ role: 'assistant' as const, content: said[i] ?? '' },
	]);
	for await (const encoded of bed.engine.encodeChats('anna', 'test.gguf', chats)) examples.push(encoded);
	return trainTestAdapter(path.join(bed.folder, 'test.gguf'), fileOf(name), examples);
}

beforeAll(async () => {
	bed = await openTestBed();
	expect(Math.max(await teach('red', answers.red), await teach('own', answers.own))).toBeLessThan(0.5);
	await bed.engine.load('anna', 'test.gguf', { wishes: { contextTokens: 1024, parallel: 2 } });
	await bed.engine.ensureRunning('anna', 'test.gguf');
}, 60_000);
afterAll(() => bed.close());

const ask = (adapter: string | null, number = 0, more: Partial<GenerateRequest> = {}) =>
	readAnswer(bed.engine.generate(asking(questions[number] ?? '', { adapter: adapter === null ? null : { file: fileOf(adapter), scale: 1 }, ...more })));
const textOf = async (...order: Parameters<typeof ask>) => (await ask(...order)).text;

test('an adapter is used for the answer that asks for it, and for no other', async () => {
	const plain = await textOf(null);
	expect(plain).not.toBe(answers.red[0]);
	expect([await textOf('red'), await textOf(null), await textOf('own'), await textOf('red'), await textOf(null)]).toEqual([
		answers.red[0],
		plain,
		answers.own[0],
		answers.red[0],
		plain,
	]);
});

test('requests with one adapter, another and none give side by side what they give alone', async () => {
	const orders = (['red', null, 'own', 'red', null, 'own', 'own', 'red'] as const).map((adapter, i) => [adapter, i % 2] as const);
	const alone: string[] = [];
	for (const order of orders) alone.push(await textOf(...order));
	expect(await Promise.all(orders.map((order) => textOf(...order)))).toEqual(alone);
});

test('at scale 0 an adapter changes nothing, and at another scale it is another', async () => {
	const scaled = (scale: number) => textOf('red', 0, { adapter: { file: fileOf('red'), scale } });
	expect(await scaled(0)).toBe(await textOf(null));
	expect(await scaled(1)).toBe(answers.red[0]);
	expect(await scaled(-1)).not.toBe(answers.red[0]);
});

test('what was computed with an adapter is used again for the same owner with that adapter alone', async () => {
	const content = 'Please keep this question in mind. '.repeat(6);
	const reused = async (ownerId: string, adapter: string | null) => {
		const { usage } = await ask(adapter, 0, { ownerId, turns: [{ role: 'user', content }], maxTokens: 2 });
		return usage.reusedTokens === usage.promptTokens - 1 ? 'all' : usage.reusedTokens;
	};
	expect([await reused('ben', 'red'), await reused('ben', 'red'), await reused('ben', null), await reused('eve', 'red')]).toEqual([0, 'all', 0, 0]);
	// Another adapter took its place meanwhile.
	expect([await reused('ben', 'own'), await reused('ben', 'red')]).toEqual([0, 0]);
});

test('one who stops waiting for an adapter that is busy leaves the others in peace', async () => {
	const busy = bed.engine.generate(asking('Talk', { adapter: { file: fileOf('red'), scale: 0.5 }, maxTokens: 300 }));
	await busy.next();
	const stop = new AbortController();
	const waiting = readAnswer(bed.engine.generate(asking(questions[0] ?? '', { adapter: { file: fileOf('own'), scale: 1 } }), stop.signal));
	stop.abort();
	expect(await waiting).toMatchObject({ text: '', finish: 'aborted' });
	await readAnswer(busy);
	expect(await textOf('own')).toBe(answers.own[0]);
});

test.each<[string, () => Promise<void>, object]>([
	['is gone', async () => {}, { code: 'ADAPTER_MISSING', data: { name: 'Marks' } }],
	['is no GGUF', () => writeFile(fileOf('odd'), 'Dear teacher'), { code: 'ADAPTER_INVALID', data: { kind: 'notGguf' } }],
	['is a model', () => copyFile(path.join(bed.folder, 'test.gguf'), fileOf('odd')), { code: 'ADAPTER_INVALID', data: { kind: 'noAdapter' } }],
	[
		'is cut off',
		async () => writeFile(fileOf('odd'), (await readFile(fileOf('red'))).subarray(0, 20_000)),
		{ code: 'ADAPTER_INVALID', data: { kind: 'damaged' } },
	],
	['belongs to a model of another shape', () => teachOther('llama'), { code: 'ADAPTER_UNFIT', data: { name: 'Marks', reason: 'otherShape' } }],
	['belongs to another architecture', () => teachOther('qwen2'), { code: 'ADAPTER_UNFIT', data: { name: 'Marks', reason: 'otherArchitecture' } }],
])('an adapter that %s is told as such, and the model goes on', async (_, write, told) => {
	await write();
	await expect(ask('odd', 0, { adapter: { file: fileOf('odd'), scale: 1, name: 'Marks' } })).rejects.toMatchObject(told);
	expect(bed.engine.deployments('anna')).toMatchObject([{ state: 'running', activeRequests: 0 }]);
	expect(await textOf('red')).toBe(answers.red[0]);
});

/** An adapter for another model than the test model. */
async function teachOther(architecture: 'llama' | 'qwen2'): Promise<void> {
	const model = path.join(bed.folder, 'other.gguf');
	writeArchitectureModel(model, { architecture, layers: 1, width: 64, heads: 2, kvHeads: 1, headLength: 32, feedForward: 96 });
	await trainTestAdapter(model, fileOf('odd'), [{ tokens: [4, 5, 6, 7], learnt: [false, false, true, true] }], 1);
}
