import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure } from '#contract/errors.ts';
import { temporaryDatabase } from '../../platform/database/temporaryDatabase.ts';
import type { GeneratePiece, GenerateRequest, Models } from '../engine/engine.ts';
import { ScriptedModels, usageOf } from '../engine/ScriptedModels.test-support.ts';
import { AnswerCache, type CacheSettings } from './cache.ts';

let opened: ReturnType<typeof temporaryDatabase>;
let scripted: ScriptedModels;
let settings: CacheSettings;
let identities: Record<string, string | null>;
let clock: { now: number };
let cache: AnswerCache;
let models: Models;

const openCache = () =>
	new AnswerCache({
		db: opened.db,
		log: pino({ enabled: false }),
		settings: () => settings,
		identify: (modelId) => {
			const identity = identities[modelId];
			if (identity === undefined) throw failure('NOT_FOUND', { what: 'model' });
			return identity;
		},
		now: () => clock.now,
	});

beforeEach(() => {
	opened = temporaryDatabase();
	scripted = new ScriptedModels();
	scripted.answer = (asked) => void asked.say('Two ', 1).say('words', 2).end('stop', 2);
	settings = { isOn: true, keepMs: 1000, mostBytes: 1_000_000, repeatCharge: 'surcharge' };
	identities = { moon: 'moon 1', sun: 'sun 1' };
	clock = { now: 1_000_000 };
	cache = openCache();
	models = cache.over(scripted);
});
afterEach(() => {
	cache.close();
	opened.remove();
});

const greedy = { temperature: 0, topP: 1, topK: 1, minP: 0, repeatPenalty: 1, seed: null };
const asking = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
	modelId: 'moon',
	ownerId: 'anna',
	turns: [{ role: 'user', content: 'What is the moon?' }],
	sampling: greedy,
	maxTokens: 40,
	...more,
});
async function read(stream: AsyncIterable<GeneratePiece>): Promise<GeneratePiece[]> {
	const pieces: GeneratePiece[] = [];
	for await (const piece of stream) pieces.push(piece);
	return pieces;
}
const ask = (more?: Partial<GenerateRequest>, signal?: AbortSignal) => read(models.generate(asking(more), signal));
const textOf = (pieces: GeneratePiece[]) => pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
const endOf = (pieces: GeneratePiece[]) => {
	const end = pieces.at(-1);
	return end?.type === 'end' ? end : expect.fail('an answer ended without its end');
};
/** Lets all that waits for nothing but its turn come to it. */
const settle = async () => {
	for (let turn = 0; turn < 20; turn++) await setImmediate();
};

const free = { promptTokens: 0, reusedTokens: 0, completionTokens: 0, firstTokenMs: 0, tokensPerSecond: 0, repeat: 'surcharge' };

test('answers a request again in the pieces that its answer came in, without the model, also after a restart', async () => {
	const first = await ask();
	expect(first).toEqual([
		{ type: 'text', text: 'Two ', spans: [], usage: usageOf(1) },
		{ type: 'text', text: 'words', spans: [], usage: usageOf(2) },
		{ type: 'end', finish: 'stop', usage: usageOf(2) },
	]);
	cache.close();
	cache = openCache();
	models = cache.over(scripted);
	expect(await ask()).toEqual(first.map((piece) => ({ ...piece, usage: free })));
	expect(scripted.asked).toHaveLength(1);
});

test('what is paid for a repeat is as it is set: nothing, the surcharge, or what it cost the first time', async () => {
	await ask();
	settings.repeatCharge = 'free';
	expect(endOf(await ask()).usage).toEqual({ ...free, repeat: 'free' });
	settings.repeatCharge = 'full';
	expect(endOf(await ask()).usage).toEqual({ ...usageOf(2), repeat: 'full' });
});

test('a repeat that costs what it did is asked of the model where its reader cannot pay for it, which says so', async () => {
	settings.repeatCharge = 'full';
	await ask();
	const raised: number[] = [];
	const raiseBudget = (needed: number) => {
		raised.push(needed);
		return 12;
	};
	expect(endOf(await ask({ tokenBudget: 5, raiseBudget })).usage.repeat).toBe('full');
	expect(raised).toEqual([12]);
	await ask({ tokenBudget: 11 });
	expect(scripted.asked).toHaveLength(2);
	expect(scripted.last.request.tokenBudget).toBe(11);
});

test.each<[string, Partial<GenerateRequest>]>([
	['another owner', { ownerId: 'berta' }],
	['another model', { modelId: 'sun' }],
	['another turn', { turns: [{ role: 'user', content: 'What is the moon' }] }],
	['another role', { turns: [{ role: 'system', content: 'What is the moon?' }] }],
	[
		'turns cut elsewhere',
		{
			turns: [
				{ role: 'user', content: 'What is' },
				{ role: 'user', content: ' the moon?' },
			],
		},
	],
	['another sampling', { sampling: { ...greedy, topK: 2 } }],
	['a seed', { sampling: { ...greedy, seed: 1 } }],
	['another length', { maxTokens: 41 }],
	['a text to stop at', { stop: ['words'] }],
	['a form', { jsonSchema: { type: 'object' } }],
	['log-probabilities', { logProbabilities: true }],
])('is asked anew for %s', async (_what, change) => {
	await ask();
	await ask(change);
	expect(scripted.asked).toHaveLength(2);
});

test('what may be spent is no part of the request', async () => {
	await ask({ tokenBudget: 500 });
	expect(endOf(await ask({ tokenBudget: 20, raiseBudget: () => 0 })).usage.repeat).toBe('surcharge');
});

test('an adapter is told by its content and its strength, not by its name', async () => {
	const file = join(opened.folder, 'red.gguf');
	writeFileSync(file, 'red');
	const copy = join(opened.folder, 'copy.gguf');
	writeFileSync(copy, 'red');
	await ask({ adapter: { file, scale: 1, name: 'Red' } });
	expect(endOf(await ask({ adapter: { file: copy, scale: 1, name: 'Copy' } })).usage.repeat).toBe('surcharge');
	await ask({ adapter: { file, scale: 0.5 } });
	await ask();
	writeFileSync(file, 'blue');
	await ask({ adapter: { file, scale: 1 } });
	expect(scripted.asked).toHaveLength(4);
	// Its absence is for the engine to tell.
	await ask({ adapter: { file: join(opened.folder, 'gone.gguf'), scale: 1 } });
	expect(scripted.asked).toHaveLength(5);
});

test.each<[string, Partial<GenerateRequest>]>([
	['chance has a part in', { sampling: { ...greedy, temperature: 0.7 } }],
	['wants a second opinion', { reuse: 'never' }],
	['goes to a model whose files are not in order', { modelId: 'lost' }],
])('never gives an answer again that %s', async (_what, change) => {
	identities.lost = null;
	await ask(change);
	await ask(change);
	expect(scripted.asked).toHaveLength(2);
	expect(cache.kept('anna', true).all?.answers).toBe(0);
});

test('gives one again that chance has a part in where its request says that this will do', async () => {
	const chance = { sampling: { ...greedy, temperature: 0.7 }, reuse: 'always' } as const;
	await ask(chance);
	await ask(chance);
	expect(scripted.asked).toHaveLength(1);
});

test('keeps no answer that failed, was stopped, was not paid for, or would be longer in a larger context', async () => {
	scripted.answer = (asked) => void asked.say('Two ', 1).fail(failure('MODEL_WORKER_CRASHED', { name: 'Moon', kind: 'killed', detail: '' }));
	await expect(ask()).rejects.toMatchObject({ code: 'MODEL_WORKER_CRASHED' });
	scripted.answer = (asked) => void asked.say('Two ', 1).end('budget', 1);
	expect(endOf(await ask()).finish).toBe('budget');
	scripted.answer = (asked) => void asked.say('Two ', 1).end('length', 39);
	expect(endOf(await ask()).finish).toBe('length');
	scripted.answer = (asked) => void asked.say('Two ', 1);
	const stop = new AbortController();
	const stopped = ask({}, stop.signal);
	await settle();
	stop.abort();
	expect(endOf(await stopped)).toEqual({ type: 'end', finish: 'aborted', usage: usageOf(1) });
	expect(cache.kept('anna', true)).toEqual({ own: { answers: 0, bytes: 0 }, all: { answers: 0, bytes: 0 } });
	scripted.answer = (asked) => void asked.end('length', 40);
	await ask();
	expect(cache.kept('anna', false)).toMatchObject({ own: { answers: 1 }, all: null });
});

test('a repeat that is stopped ends as stopped', async () => {
	await ask();
	const stop = new AbortController();
	const pieces: GeneratePiece[] = [];
	for await (const piece of models.generate(asking(), stop.signal)) {
		pieces.push(piece);
		stop.abort();
	}
	expect([textOf(pieces), endOf(pieces).finish]).toEqual(['Two ', 'aborted']);
});

test('two requests that are the same at the same time are one: the second reads all, pays a repeat, and both end', async () => {
	scripted.answer = null;
	const first = ask();
	await settle();
	scripted.last.say('Two ', 1);
	await settle();
	const second = ask({ tokenBudget: 20 });
	await settle();
	scripted.last.say('words', 2).end('stop', 2);
	const [one, other] = await Promise.all([first, second]);
	expect([textOf(one), textOf(other), scripted.asked.length]).toEqual(['Two words', 'Two words', 1]);
	expect([endOf(one).usage, endOf(other).usage]).toEqual([usageOf(2), free]);
});

test('when the first of them is stopped the other goes on, and pays what the first has not', async () => {
	scripted.answer = null;
	const stop = new AbortController();
	const first = ask({}, stop.signal);
	await settle();
	const second = ask();
	scripted.last.say('Two ', 1);
	await settle();
	stop.abort();
	expect(endOf(await first)).toEqual({ type: 'end', finish: 'aborted', usage: usageOf(1) });
	expect(scripted.last.signal?.aborted).toBe(false);
	scripted.last.say('words', 2).end('stop', 2);
	const other = await second;
	expect([textOf(other), endOf(other).finish]).toEqual(['Two words', 'stop']);
	expect(endOf(other).usage).toMatchObject({ promptTokens: 0, completionTokens: 1 });
	expect(cache.kept('anna', false).own.answers).toBe(1);
});

test('with the last of them the model stops too', async () => {
	scripted.answer = null;
	const stops = [new AbortController(), new AbortController()];
	const asked = stops.map(({ signal }) => ask({}, signal));
	await settle();
	scripted.last.say('Two ', 1);
	await settle();
	for (const stop of stops) stop.abort();
	expect((await Promise.all(asked)).map((pieces) => endOf(pieces).finish)).toEqual(['aborted', 'aborted']);
	expect([scripted.asked.length, scripted.last.signal?.aborted]).toEqual([1, true]);
	// Whoever comes now does not join what is ending.
	scripted.answer = (next) => void next.end('stop', 1);
	expect(endOf(await ask()).finish).toBe('stop');
});

test('a reader who breaks off reading leaves the run as one who stops it', async () => {
	scripted.answer = (asked) => void asked.say('Two ', 1);
	for await (const _ of models.generate(asking())) break;
	await settle();
	expect(scripted.last.signal?.aborted).toBe(true);
});

test('where the first can pay for no more the next one does, from where the first has ended', async () => {
	scripted.answer = null;
	const first = ask({ tokenBudget: 11 });
	await settle();
	const second = ask({ tokenBudget: 5, raiseBudget: (needed) => needed + 100 });
	await settle();
	scripted.last.say('Two ', 1);
	await settle();
	// The model has 11 and needs 12: the first is at its end; the second pays the one more.
	const raised = scripted.last.request.raiseBudget?.(12) ?? 0;
	expect(raised).toBeGreaterThanOrEqual(12);
	expect(endOf(await first)).toEqual({ type: 'end', finish: 'budget', usage: usageOf(1) });
	scripted.last.say('words', 2).end('stop', 2);
	expect(endOf(await second)).toMatchObject({ finish: 'stop', usage: { promptTokens: 0, completionTokens: 1 } });
});

test('where nobody can pay for more the model is told, and its own end reaches the last of them', async () => {
	scripted.answer = null;
	const first = ask({ tokenBudget: 11 });
	await settle();
	scripted.last.say('Two ', 1);
	await settle();
	expect(scripted.last.request.raiseBudget?.(12)).toBe(11);
	scripted.last.end('budget', 1);
	expect(endOf(await first)).toEqual({ type: 'end', finish: 'budget', usage: usageOf(1) });
});

test('who takes the place of the first and cannot pay what was used since is ended at what it can', async () => {
	scripted.answer = null;
	const stop = new AbortController();
	const first = ask({}, stop.signal);
	await settle();
	const second = ask({ tokenBudget: 1 });
	await settle();
	stop.abort();
	await first;
	scripted.last.say('Two words more', 3);
	const end = endOf(await second);
	expect(end.finish).toBe('budget');
	expect(end.usage.promptTokens + end.usage.completionTokens).toBeLessThanOrEqual(1);
	await settle();
	expect(scripted.last.signal?.aborted).toBe(true);
});

test('what one fails with reaches all who ask the same', async () => {
	scripted.answer = null;
	const asked = [ask(), ask()];
	await settle();
	scripted.last.fail(failure('PROMPT_TOO_LONG', { promptTokens: 9, contextTokens: 8 }));
	for (const each of asked) await expect(each).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' });
});

test('a model that an account may not use answers it nothing, also what it answered while it might', async () => {
	await ask();
	scripted.usable = () => false;
	scripted.answer = (asked) => void asked.fail(failure('NOT_FOUND', { what: 'model' }));
	await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('an answer is forgotten when it is too old, its model is another or is gone, its owner says so, or it is switched off', async () => {
	const answers = () => cache.kept('anna', true).all?.answers;
	await ask();
	clock.now += 1000;
	await ask();
	expect(scripted.asked).toHaveLength(2);
	identities.moon = 'moon 2';
	await ask();
	expect([scripted.asked.length, answers()]).toEqual([3, 1]);
	await ask({ modelId: 'sun' });
	cache.modelsAre(['moon']);
	expect(answers()).toBe(1);
	await ask({ ownerId: 'berta' });
	cache.clear('anna');
	expect(cache.kept('anna', true)).toMatchObject({ own: { answers: 0, bytes: 0 }, all: { answers: 1 } });
	settings.isOn = false;
	await ask({ ownerId: 'berta' });
	expect(endOf(await ask({ ownerId: 'berta' })).usage.repeat).toBeUndefined();
	cache.clear(null);
	expect(cache.kept('berta', true).all).toEqual({ answers: 0, bytes: 0 });
});

test('when the room is used up the longest unused goes first, and what is too large for it never comes in', async () => {
	settings.mostBytes = 40_000;
	const long = 'word '.repeat(600);
	scripted.answer = (asked) => void asked.say(long, 600).end('stop', 600);
	const question = (n: number) => ({ turns: [{ role: 'user' as const, content: `${n}` }] });
	for (let n = 0; n < 5; n++) {
		clock.now += 10;
		await ask(question(n));
	}
	clock.now += 10;
	await ask(question(0));
	for (let n = 5; n < 14; n++) {
		clock.now += 10;
		await ask(question(n));
	}
	const { bytes = 0 } = cache.kept('anna', true).all ?? {};
	expect(bytes).toBeLessThanOrEqual(40_000);
	const before = scripted.asked.length;
	await ask(question(13));
	await ask(question(0));
	expect(scripted.asked).toHaveLength(before);
	await ask(question(1));
	expect(scripted.asked).toHaveLength(before + 1);
	scripted.answer = (asked) => void asked.say('word '.repeat(2000), 2000).end('stop', 2000);
	await ask(question(99));
	await ask(question(99));
	expect(scripted.asked).toHaveLength(before + 3);
});

test('an account takes away and deletes its own answers alone', async () => {
	await ask();
	await ask({ ownerId: 'berta' });
	expect([...(cache.exportOf('anna') as Iterable<unknown>)]).toEqual([{ modelId: 'moon', createdAt: clock.now, text: 'Two words' }]);
	opened.db.transaction((tx) => cache.removeAllOf('anna', tx));
	expect(cache.kept('berta', true)).toMatchObject({ own: { answers: 1 }, all: { answers: 1 } });
});

test('an answer of a server elsewhere is kept by its server and name where temperature 0 and a seed leave nothing to chance, and not otherwise', async () => {
	const at = (endpoint: string, model = 'large') => cache.elsewhere({ backendId: 'school', endpoint, model }, (...asked) => scripted.generate(...asked));
	const seeded = asking({ sampling: { ...greedy, seed: 1 } });
	const textOf = (pieces: GeneratePiece[]) => pieces.flatMap((piece) => (piece.type === 'text' ? piece.text : [])).join('');
	const first = await read(at('https://a/v1')(seeded));
	const again = await read(at('https://a/v1')(seeded));
	expect([textOf(again), again.at(-1)?.usage]).toMatchObject([textOf(first), { promptTokens: 0, completionTokens: 0, repeat: 'surcharge' }]);
	expect(scripted.asked.length).toBe(1);
	// What the models of this machine are says nothing of it.
	cache.modelsAre(['moon']);
	await read(at('https://a/v1')(seeded));
	expect(scripted.asked.length).toBe(1);
	await read(at('https://a/v1')(asking()));
	await read(at('https://a/v1')(asking()));
	await read(at('https://a/v1', 'small')(seeded));
	await read(at('https://b/v1')(seeded));
	expect(scripted.asked.length).toBe(5);
});
