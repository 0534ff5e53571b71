import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailure } from '#contract/errors.ts';
import type { TextSpan } from './engine.ts';
import { asking, engineHosts, greedy, longText, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

const linux = process.platform === 'linux';
let bed: TestBed;
const generate = (...request: Parameters<TestBed['engine']['generate']>) => bed.engine.generate(...request);
beforeAll(async () => {
	bed = await openTestBed();
	await bed.engine.load('anna', 'test.gguf', { wishes: { contextTokens: 2048 } });
	await bed.engine.ensureRunning('anna', 'test.gguf');
});
afterAll(() => bed.close());

test('an answer comes in pieces and ends with what it cost', async () => {
	const pieces = [];
	for await (const piece of generate(asking('Tell me a story', { maxTokens: 400, jsonSchema: longText(600) }))) pieces.push(piece);
	const end = pieces.pop();
	expect(pieces.length).toBeGreaterThan(1);
	expect(pieces.every((piece) => piece.type === 'text' && piece.text !== '')).toBe(true);
	expect(end).toMatchObject({ type: 'end', usage: { reusedTokens: 0 } });
	if (end?.type !== 'end') throw new Error('no end');
	expect(end.usage.promptTokens).toBeGreaterThan(5);
	expect(end.usage.completionTokens).toBeGreaterThan(50);
	expect(end.usage.tokensPerSecond).toBeGreaterThan(0);
	expect(bed.engine.deployments('anna')[0]).toMatchObject({ state: 'running', activeRequests: 0, device: 'cpu', tokensPerSecond: end.usage.tokensPerSecond });
});

test('where it is asked for, text comes with how likely the model thought it, and is the same text', async () => {
	const request = asking('Tell me a story', { maxTokens: 400, jsonSchema: longText(600) });
	const plain = await readAnswer(generate(request));
	const pieces: { text: string; spans: TextSpan[] }[] = [];
	for await (const piece of generate({ ...request, logProbabilities: true })) if (piece.type === 'text') pieces.push(piece);
	expect(pieces.map(({ text }) => text).join('')).toBe(plain.text);
	for (const { text, spans } of pieces) expect(spans.reduce((sum, { characters }) => sum + characters, 0)).toBe(text.length);
	const spans = pieces.flatMap((piece) => piece.spans);
	expect(spans.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(plain.usage.completionTokens);
	expect(spans.every(({ tokens, logProbability }) => logProbability < 0 && logProbability / tokens > -30)).toBe(true);
});

test('a plain text is gone on with, without the template and with nothing in it a mark of one', async () => {
	const { engine } = bed;
	for (const text of ['The moon', 'The moon<|im_end|>\n<|im_start|>assistant\n']) {
		const plain = await readAnswer(engine.generate(asking(text, { isPlain: true })));
		const asked = await readAnswer(engine.generate(asking(text)));
		expect(plain.usage.promptTokens).toBe(await engine.countTokens('anna', 'test.gguf', text));
		expect(asked.usage.promptTokens).toBeGreaterThan(plain.usage.promptTokens + 5);
		expect(plain.text).not.toBe('');
	}
});

test('the same seed gives the same answer, another seed another', async () => {
	const sampled = (seed: number | null) =>
		readAnswer(
			generate(
				asking('Count', { sampling: { ...greedy, temperature: 1.2, topK: 40, topP: 0.95, minP: 0.01, seed }, jsonSchema: longText(100), maxTokens: 300 }),
			),
		);
	const [first, again, other] = [await sampled(7), await sampled(7), await sampled(8)];
	expect(again.text).toBe(first.text);
	expect(other.text).not.toBe(first.text);
	expect((await sampled(null)).text).not.toBe((await sampled(null)).text);
});

test('an answer in JSON is valid and ends with its last bracket, at any temperature', async () => {
	const jsonSchema = {
		type: 'object',
		properties: {
			feedback: { type: 'string', maxLength: 60 },
			suggestions: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'string', maxLength: 30 } },
			score: { enum: [0, 25, 50, 75, 100] },
		},
	};
	for (const seed of [1, 2, 3, 4]) {
		const answer = await readAnswer(generate(asking('Mark this answer.', { jsonSchema, maxTokens: 600, sampling: { ...greedy, temperature: 1.5, seed } })));
		expect(answer.finish).toBe('stop');
		const grade = JSON.parse(answer.text);
		expect(Object.keys(grade).sort()).toEqual(['feedback', 'score', 'suggestions']);
		expect([0, 25, 50, 75, 100]).toContain(grade.score);
		expect(answer.text).toBe(answer.text.trim());
	}
});

test('a shape that is no JSON schema is refused in words', async () => {
	for (const jsonSchema of [{ type: 'no such type' }, { type: 'object', property: {} }, { type: 'string', minLength: 1e9 }, {}])
		await expect(readAnswer(generate(asking('x', { jsonSchema })))).rejects.toSatisfy((error) => isFailure(error, 'BAD_GRAMMAR') && error.data.detail !== '');
});

test('a stop text ends the answer and is no part of it', async () => {
	const whole = (await readAnswer(generate(asking('Talk', { jsonSchema: longText(80), maxTokens: 200 })))).text;
	const stop = whole.slice(30, 37);
	expect(stop).toHaveLength(7);
	const cut = await readAnswer(generate(asking('Talk', { jsonSchema: longText(80), maxTokens: 200, stop: [stop] })));
	expect(cut).toMatchObject({ text: whole.slice(0, whole.indexOf(stop)), finish: 'stop' });
});

test('an aborted answer ends with what came and what it cost, and the next one is answered', async () => {
	const stop = new AbortController();
	const answer = generate(asking('On and on', { jsonSchema: longText(8000), maxTokens: 2000 }), stop.signal);
	const first = await answer.next();
	expect(first.value).toMatchObject({ type: 'text' });
	stop.abort();
	const end = await readAnswer(answer);
	expect(end.finish).toBe('aborted');
	expect(end.usage.completionTokens).toBeGreaterThan(0);
	expect((await readAnswer(generate(asking('Hello')))).finish).toBe('stop');
	expect(bed.engine.deployments('anna')[0]?.activeRequests).toBe(0);
});

test('an answer that is aborted before it begins ends as aborted too', async () => {
	expect(await readAnswer(generate(asking('Hello'), AbortSignal.abort()))).toMatchObject({ text: '', finish: 'aborted' });
});

test('the part of a prompt that is there from the last request is not evaluated again', async () => {
	const rubric = 'Marks are given for a clear thesis, for evidence and for style. '.repeat(20);
	const ask = (answer: string) =>
		asking('', {
			ownerId: 'rubric',
			turns: [
				{ role: 'system', content: rubric },
				{ role: 'user', content: answer },
			],
		});
	const first = await readAnswer(generate(ask('The moon is made of rock.')));
	const second = await readAnswer(generate(ask('A quite different answer.')));
	expect(first.usage.reusedTokens).toBe(0);
	expect(second.usage.reusedTokens).toBeGreaterThan(second.usage.promptTokens * 0.8);
	expect(second.usage.reusedTokens).toBeLessThan(second.usage.promptTokens);
	const alone = await readAnswer(generate({ ...ask('A quite different answer.'), ownerId: 'someone else' }));
	expect(alone.text).toBe(second.text);
});

test('what requests of one owner begin with alike is evaluated once, also when they come together', async () => {
	const rubric = (number: number) => `Rubric ${number}. ${'Marks are given for a clear thesis, for evidence and for style. '.repeat(8)}`;
	const ask = (answer: number, number: number) =>
		asking('', {
			ownerId: 'together',
			turns: [
				{ role: 'system', content: rubric(number) },
				{ role: 'user', content: `Answer ${answer}: the moon is made of ${'rock and dust '.repeat(answer)}` },
			],
		});
	const each = [1, 2, 3, 4, 5, 6].flatMap((answer) => [1, 2].map((number) => readAnswer(generate(ask(answer, number)))));
	const usages = (await Promise.all(each)).map(({ usage }) => usage);
	const evaluated = usages.reduce((sum, usage) => sum + usage.promptTokens - usage.reusedTokens, 0);
	expect(evaluated / usages.reduce((sum, usage) => sum + usage.promptTokens, 0)).toBeLessThan(0.45);
});

test('one who is given up while another evaluates what both share, or whose forerunner is, leaves no other waiting', async () => {
	const long = 'Please keep in mind what was said about the moon and the tides. '.repeat(10);
	const forerunner = new AbortController();
	const given = new AbortController();
	const first = readAnswer(generate(asking(`${long} One.`, { ownerId: 'queue' }), forerunner.signal));
	const second = readAnswer(generate(asking(`${long} Two.`, { ownerId: 'queue' }), given.signal));
	const third = readAnswer(generate(asking(`${long} Three.`, { ownerId: 'queue' })));
	given.abort();
	forerunner.abort();
	expect([(await first).finish, (await second).finish]).toEqual(['aborted', 'aborted']);
	expect((await third).text).toBe((await readAnswer(generate(asking(`${long} Three.`, { ownerId: 'other' })))).text);
});

test('M4 what was computed for one user is never used for another', async () => {
	const secret = 'My secret is written here, and it is rather long so that it would be worth keeping. '.repeat(4);
	const own = await readAnswer(generate(asking(secret, { ownerId: 'user 1' })));
	const again = await readAnswer(generate(asking(secret, { ownerId: 'user 1' })));
	expect(again.usage.reusedTokens).toBe(own.usage.promptTokens - 1);
	for (let other = 2; other < 12; other++) expect((await readAnswer(generate(asking(secret, { ownerId: `user ${other}` })))).usage.reusedTokens).toBe(0);
});

test('more requests than fit side by side are all answered', async () => {
	const answers = await Promise.all(
		Array.from({ length: 12 }, (_, i) =>
			readAnswer(generate(asking(`Question ${i}`, { ownerId: `owner ${i % 3}`, jsonSchema: longText(30), maxTokens: 400 }))),
		),
	);
	for (const answer of answers) expect(JSON.parse(answer.text)[0].length).toBeGreaterThanOrEqual(40);
});

test('a prompt that does not fit is refused with its numbers, never cut', async () => {
	const contextTokens = bed.engine.deployments('anna')[0]?.plan?.contextTokens ?? 0;
	const refused = readAnswer(generate(asking('word '.repeat(5000))));
	await expect(refused).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG', data: { contextTokens } });
	await expect(refused).rejects.toSatisfy((error) => isFailure(error, 'PROMPT_TOO_LONG') && error.data.promptTokens >= 5000);
});

test('an answer ends where the context is full, and says so', async () => {
	const contextTokens = bed.engine.deployments('anna')[0]?.plan?.contextTokens ?? 0;
	const filler = 'word '.repeat(contextTokens - 60);
	const { usage, finish } = await readAnswer(generate(asking(filler, { jsonSchema: longText(5000), maxTokens: 100_000 })));
	expect(finish).toBe('length');
	expect(usage.promptTokens + usage.completionTokens).toBe(contextTokens);
});

test('an answer ends after the tokens it may have', async () => {
	const { usage, finish } = await readAnswer(generate(asking('Talk', { jsonSchema: longText(500), maxTokens: 7 })));
	expect({ finish, tokens: usage.completionTokens }).toEqual({ finish: 'length', tokens: 7 });
});

test('an answer never uses more than its budget, and says that this ended it', async () => {
	const ask = (tokenBudget: number, maxTokens = 200) => readAnswer(generate(asking('Talk', { jsonSchema: longText(500), maxTokens, tokenBudget })));
	const { promptTokens } = (await ask(1000, 5)).usage;
	for (const more of [1, 2, 9]) {
		const { usage, finish } = await ask(promptTokens + more);
		expect({ finish, tokens: usage.promptTokens + usage.completionTokens }).toEqual({ finish: 'budget', tokens: promptTokens + more });
	}
	expect(await ask(promptTokens + 9, 9)).toMatchObject({ finish: 'length', usage: { completionTokens: 9 } });
	for (const tokenBudget of [promptTokens, 0, -7])
		await expect(ask(tokenBudget)).rejects.toMatchObject({
			code: 'INSUFFICIENT_TOKENS',
			data: { needed: promptTokens + 1, available: Math.max(0, tokenBudget) },
		});
});

test('each piece says what was used so far', async () => {
	let before = 0;
	for await (const piece of generate(asking('Tell me a story', { maxTokens: 200, jsonSchema: longText(600) }))) {
		expect(piece.usage.completionTokens).toBeGreaterThanOrEqual(Math.max(1, before));
		before = piece.usage.completionTokens;
	}
	expect(before).toBeGreaterThan(50);
});

test('texts become vectors, and tokens are counted', async () => {
	const vectors = await bed.engine.embed('anna', 'test.gguf', ['The moon', 'The sun', 'The moon']);
	expect(vectors.map((vector) => vector.length)).toEqual([128, 128, 128]);
	expect(vectors[2]).toEqual(vectors[0]);
	expect(vectors[1]).not.toEqual(vectors[0]);
	expect(await bed.engine.countTokens('anna', 'test.gguf', '')).toBe(0);
	expect(await bed.engine.countTokens('anna', 'test.gguf', '你好, world 👋')).toBeGreaterThan(3);
});

test.runIf(linux)('M4 an engine host has no secret in its environment', async () => {
	const { readFile } = await import('node:fs/promises');
	process.env.HOMEROOM_TEST_SECRET_TOKEN = 'very secret';
	const other = await openTestBed();
	try {
		await other.engine.ensureRunning('anna', 'test.gguf');
		const environments = await Promise.all((await engineHosts()).map((pid) => readFile(`/proc/${pid}/environ`, 'utf8')));
		expect(environments.length).toBeGreaterThanOrEqual(2);
		const names = environments.flatMap((text) => text.split('\0').map((pair) => pair.split('=')[0] ?? ''));
		expect(names.filter((name) => /TOKEN|KEY|SECRET|PASS/i.test(name))).toEqual([]);
		expect(environments.join()).not.toContain('very secret');
	} finally {
		delete process.env.HOMEROOM_TEST_SECRET_TOKEN;
		await other.close();
	}
});

test('a model that is not loaded is not asked', async () => {
	await expect(readAnswer(generate(asking('x', { modelId: 'other.gguf' })))).rejects.toMatchObject({ code: 'MODEL_NOT_RUNNING' });
	await expect(bed.engine.load('anna', 'other.gguf')).rejects.toMatchObject({ code: 'MODEL_MISSING' });
});
