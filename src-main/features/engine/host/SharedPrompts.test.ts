import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeTestModel } from '../../library/testModel.ts';
import { SequenceSlot } from './SequenceSlot.ts';
import { SharedPrompts } from './SharedPrompts.ts';

let folder: string;
let model: LlamaModel;
let slots: SequenceSlot[];
let shared: SharedPrompts;
const never = new AbortController().signal;
const rubric = 'Marks are given for a clear thesis, for evidence and for style. '.repeat(8);

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'homeroom-shared-'));
	const file = join(folder, 'test.gguf');
	await writeTestModel(file, { seed: 3 });
	const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 0 });
	model = await llama.loadModel({ modelPath: file });
	const context = await model.createContext({ contextSize: 512, sequences: 3, threads: 1 });
	slots = Array.from({ length: 3 }, (_, number) => new SequenceSlot(context.getSequence(), number));
}, 60_000);
beforeEach(async () => {
	shared = new SharedPrompts();
	for (const slot of slots) await slot.clear();
});
afterAll(async () => {
	await model.dispose();
	await rm(folder, { recursive: true });
});

const promptOf = (answer: string): Token[] => model.tokenize(`${rubric}${answer}`);
const slotOf = (number: number): SequenceSlot => {
	const slot = slots[number];
	if (!slot) throw new Error('no such slot');
	return slot;
};
const joinIn = (number: number, tokens: readonly Token[], ownerId = 'anna', stop = never) => shared.join(slotOf(number), { ownerId, tokens }, stop);

/** The likeliest tokens that follow a prompt of which a slot holds the first `held`. */
async function follow(number: number, prompt: readonly Token[], held: number): Promise<Token[]> {
	const drawn: Token[] = [];
	for await (const token of slotOf(number).sequence.evaluate(prompt.slice(held), { temperature: 0 })) if (drawn.push(token) === 20) break;
	return drawn;
}

test('a prompt is filled with what another slot has evaluated, and is answered as if it had been evaluated itself', async () => {
	const [first, second] = [promptOf('The moon is a rock.'), promptOf('Nobody knows.')];
	expect(await joinIn(0, first)).toBe(0);
	await follow(0, first, 0);
	const held = await joinIn(1, second);
	expect(held).toBeGreaterThan(60);
	expect(slotOf(1).tokens).toEqual(second.slice(0, held));
	const answer = await follow(1, second, held);
	// In the same parts, so that the same sums are made.
	await slotOf(2).sequence.evaluateWithoutGeneratingNewTokens(second.slice(0, held));
	expect(answer).toEqual(await follow(2, second, held));
	expect(answer).not.toEqual(await follow(0, second.slice(held), 0));
});

test('what is still being evaluated is waited for, and taken over when it is given up', async () => {
	const prompts = [promptOf('A clear thesis.'), promptOf('No thesis.'), promptOf('None.')] as const;
	expect(await joinIn(0, prompts[0])).toBe(0);
	const waiting = [joinIn(1, prompts[1]), joinIn(2, prompts[2])] as const;
	const first = () => Promise.race([...waiting, new Promise<string>((resolve) => setTimeout(() => resolve('nobody'), 20))]);
	expect(await first()).toBe('nobody');
	shared.leave(slotOf(0));
	// The first to wait begins anew, the other waits for it.
	expect(await waiting[0]).toBe(0);
	await slotOf(1).sequence.evaluateWithoutGeneratingNewTokens(prompts[1].slice(0, -1));
	shared.told();
	expect(await waiting[1]).toBeGreaterThan(60);
});

test('one who stops waiting gets nothing, and another owner never waits nor gets what is not theirs', async () => {
	const prompt = promptOf('A clear thesis.');
	await joinIn(0, prompt);
	const stop = new AbortController();
	const waiting = joinIn(1, prompt, 'anna', stop.signal);
	stop.abort();
	expect(await waiting).toBe(0);
	await slotOf(0).sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(0, -1));
	expect(await joinIn(2, prompt, 'ben')).toBe(0);
});
