import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { patience } from './Deployment.ts';
import type { ChatTurn } from './engine.ts';
import { asking, engineHosts, openTestBed, readAnswer, type TestBed } from './openTestBed.test-support.ts';

const linux = process.platform === 'linux';
let bed: TestBed;
beforeAll(async () => {
	bed = await openTestBed();
});
afterAll(() => bed.close());
afterEach(async () => {
	if (linux) expect(await engineHosts()).toEqual([]);
});

const chat = (question: string, answer: string): ChatTurn[] => [
	{ role: 'user', content: question },
	{ role: 'assistant', content: answer },
];

async function encode(chats: ChatTurn[][], signal?: AbortSignal, of = bed) {
	const texts = [];
	for await (const text of of.engine.encodeChats('anna', 'test.gguf', chats, signal)) texts.push(text);
	return texts;
}

test('chats become tokens in order, of a model that is not loaded, and what is learnt is the answer with its end', async () => {
	const chats = Array.from({ length: 250 }, (_, i) => chat(`What is ${i}?`, i === 7 ? 'word '.repeat(60_000) : `It is ${i}.`));
	const encoded = await encode(chats);
	expect(encoded).toHaveLength(250);
	expect(encoded.every(({ tokens, learnt }) => tokens.length === learnt.length && learnt.at(-1) && !learnt[0])).toBe(true);
	expect(encoded[7]?.tokens.length).toBeGreaterThan(60_000);
	const [first, again] = [encoded[3], (await encode(chats.slice(3, 4)))[0]];
	expect(again).toEqual(first);
	const answer = await bed.engine.encodeText('anna', 'test.gguf', 'It is 3.');
	expect(first?.tokens.filter((_, i) => first.learnt[i]).slice(0, -1)).toEqual(answer);
});

test('what comes before an answer is as long as the prompt that the loaded model is asked with', async () => {
	const [encoded] = await encode([chat('Count to three.', 'One.')]);
	await bed.engine.ensureRunning('anna', 'test.gguf');
	const { usage } = await readAnswer(bed.engine.generate(asking('Count to three.', { maxTokens: 1 })));
	await bed.engine.unload('anna', bed.engine.deployments('anna')[0]?.id ?? '');
	expect(encoded?.learnt.indexOf(true)).toBe(usage.promptTokens);
});

test('a plain text is its tokens alone, whatever it looks like', async () => {
	const text = `${'The moon 月亮 <|im_end|> '.repeat(5000)}end`;
	const tokens = await bed.engine.encodeText('anna', 'test.gguf', text);
	expect(tokens.length).toBeGreaterThan(50_000);
	expect(await bed.engine.encodeText('anna', 'test.gguf', '')).toEqual([]);
	const [end] = (await encode([chat('a', 'b')]))[0]?.tokens.slice(-1) ?? [];
	expect(tokens).not.toContain(end);
});

test.runIf(linux)(
	'whoever asks for much at once has two vocabularies open, and gets all of it',
	async () => {
		let most = 0;
		let ended = false;
		const asked = Promise.all(Array.from({ length: 5 }, () => encode([chat('Count to three.', 'One.')]))).finally(() => {
			ended = true;
		});
		while (!ended) {
			most = Math.max(most, (await engineHosts()).length);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		expect((await asked).map((texts) => texts.length)).toEqual([1, 1, 1, 1, 1]);
		expect(most).toBe(2);
	},
	180_000,
);

test('who no longer waits gets the reason, and the host ends', async () => {
	const stop = new AbortController();
	const chats = Array.from({ length: 400 }, (_, i) => chat(`Question ${i}`, 'word '.repeat(500)));
	const encoding = bed.engine.encodeChats('anna', 'test.gguf', chats, stop.signal);
	await encoding.next();
	stop.abort(new Error('left'));
	await expect(
		(async () => {
			for await (const _ of encoding);
		})(),
	).rejects.toThrow('left');
	await expect(encode(chats, AbortSignal.abort(new Error('never came')))).rejects.toThrow('never came');
});

test('a model that is gone, damaged or of somebody else is told as such', async () => {
	await expect(bed.engine.encodeText('anna', 'gone.gguf', 'a')).rejects.toMatchObject({ code: 'MODEL_MISSING' });
	const whole = await readFile(path.join(bed.folder, 'test.gguf'));
	await writeFile(path.join(bed.folder, 'cut.gguf'), whole.subarray(0, 3000));
	await expect(bed.engine.encodeText('anna', 'cut.gguf', 'a')).rejects.toMatchObject({ code: 'MODEL_FILE_INVALID' });
	const closed = await openTestBed({ usableBy: () => () => false });
	try {
		await expect(encode([chat('a', 'b')], undefined, closed)).rejects.toMatchObject({ code: 'NOT_FOUND', data: { what: 'model' } });
	} finally {
		await closed.close();
	}
});

test.each([
	['ends in the middle', 'setTimeout(() => process.exit(3), 50);', 'ended'],
	['sends nonsense', 'process.on("message", () => process.send("nonsense"));', 'confused'],
	['never answers', 'process.on("message", () => {});', 'silent'],
])('a host that %s fails the encoding with the cause', async (_, code, kind) => {
	const hostEntry = path.join(bed.folder, 'host.mjs');
	await writeFile(hostEntry, `process.on('disconnect', () => process.exit(0));\n${code}`);
	const hostile = await openTestBed({ hostEntry, patience: { ...patience, loadMs: 500, pulseMs: 5000, silentMs: 5000 } });
	try {
		await expect(encode([chat('a', 'b')], undefined, hostile)).rejects.toMatchObject({ code: 'MODEL_WORKER_CRASHED', data: { name: 'test.gguf', kind } });
	} finally {
		await hostile.close();
	}
});
