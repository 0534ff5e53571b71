import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Message, Piece } from '#contract/chat.ts';
import type { Model } from '#contract/library.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { engineHosts } from '../engine/openTestBed.test-support.ts';
import { Chat } from './chat.ts';
import { type ChatStage, openChatStage } from './openChatStage.test-support.ts';
import { message } from './schema.ts';

let stage: ChatStage;
let mia: string;
let people = 0;
beforeAll(async () => {
	stage = await openChatStage();
}, 60_000);
afterAll(() => stage.close());
beforeEach(() => {
	mia = `mia ${++people}`;
	stage.pay.people.set(mia, { id: mia, name: 'Mia', role: 'user' });
});

/** A question of Mia's in a conversation of its own; its answer is being written. */
function ask(model: Model, maxTokens: number, text = 'What is light?', chat = stage.chat): Message {
	const { id } = chat.create(mia, model.id);
	chat.change(mia, id, { settings: { maxTokens } });
	return last(chat.send(mia, id, null, text).messages);
}

function last(messages: Message[]): Message {
	const found = messages.at(-1);
	if (!found) throw new Error('there is no message');
	return found;
}

async function finished(answer: Message): Promise<Message> {
	let end: Piece | undefined;
	for await (const piece of stage.chat.watch(mia, answer.id, 0)) end = piece;
	if (end?.type !== 'end') throw new Error('the stream has no end');
	return end.message;
}

/** Waits until some of the answer is there. */
async function begun(answer: Message, chat = stage.chat): Promise<void> {
	for await (const _ of chat.watch(mia, answer.id, 0)) return;
}

/** Gives Mia more than any answer of these tests costs. */
function enrich(): number {
	return stage.ledger.topUp(mia, `enough for ${mia}`, 19_000).available;
}

/** What Mia has, and that her statement has the answer with what it cost. */
function expectPaid(answer: Message, before = 1000): void {
	const { usage, charged } = answer;
	expect(charged).toBe((usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0));
	expect(stage.pay.purses(mia)).toEqual([before - (charged ?? 0), 0]);
	const all = { from: null, until: null, task: null, modelId: null, kind: 'work', cursor: null, limit: 10 } as const;
	const [line] = stage.ledger.statement(mia, all).lines;
	expect(line).toMatchObject({ id: answer.id, subjectId: answer.id, tokens: 0 - (charged ?? 0), reserved: 0, task: 'chat', modelName: answer.modelName });
	expect(stage.ledger.checkBooks()).toEqual([]);
}

test('an answer is charged for what it used, and meanwhile no more is set aside than it can cost', async () => {
	const answer = ask(stage.endless, 40);
	const [available, reserved] = stage.pay.purses(mia);
	expect([available + reserved, answer.charged]).toEqual([1000, null]);
	expect(reserved).toBeLessThan(400);
	const stored = await finished(answer);
	expect(stored).toMatchObject({ status: 'complete', finish: 'length', usage: { completionTokens: 40 } });
	expectPaid(stored);
});

test('somebody who has little can ask in two conversations, and each answer grows as long as the balance does', async () => {
	const answers = [ask(stage.endless, 1024), ask(stage.endless, 1024, 'And dark?')];
	const [first, second] = await Promise.all(answers.map(finished));
	const charged = (first?.charged ?? 0) + (second?.charged ?? 0);
	expect([first?.finish, second?.finish, charged, stage.pay.purses(mia)]).toEqual(['budget', 'budget', 1000, [0, 0]]);
	for (const one of [first, second]) expect(one?.charged).toBeGreaterThan(200);
});

test('an answer becomes as long as its settings say where the balance does, and sets aside little more than it uses meanwhile', async () => {
	const before = enrich();
	const answer = ask(stage.endless, 2000);
	const mostReserved: number[] = [];
	for await (const _ of stage.chat.watch(mia, answer.id, 0)) mostReserved.push(stage.pay.purses(mia)[1]);
	const stored = await finished(answer);
	expect(stored).toMatchObject({ finish: 'length', usage: { completionTokens: 2000 } });
	expect(Math.max(...mostReserved)).toBeLessThan(2400);
	expect(mostReserved[0]).toBeLessThan(700);
	expectPaid(stored, before);
});

test('who cannot pay for an answer is told before anything is stored', () => {
	const { chat, ledger } = stage;
	ledger.topUp(mia, `leave 50 ${mia}`, -950);
	const { id } = chat.create(mia, stage.brief.id);
	const refused = expect.objectContaining({ code: 'INSUFFICIENT_TOKENS', data: { needed: 260, available: 50 } });
	expect(() => chat.send(mia, id, null, 'What is light?')).toThrow(refused);
	expect(chat.get(mia, id)).toMatchObject({ messages: [], conversation: { leafId: null, title: '' } });
	expect(stage.pay.purses(mia)).toEqual([50, 0]);
});

test('an answer ends where the balance does, and says so', async () => {
	stage.ledger.topUp(mia, `leave 300 ${mia}`, -700);
	const stored = await finished(ask(stage.endless, 8000));
	expect(stored).toMatchObject({ status: 'complete', finish: 'budget', charged: 300, failure: null });
	expect(stage.pay.purses(mia)).toEqual([0, 0]);
});

test('a prompt that turns out too long for the balance fails with what it costs, and costs nothing', async () => {
	// A quarter of its letters is what this is taken for; for the test model each is a token.
	const stored = await finished(ask(stage.endless, 8000, 'xq7 '.repeat(600)));
	expect(stored).toMatchObject({ status: 'failed', charged: 0, usage: null, failure: { code: 'INSUFFICIENT_TOKENS', data: { available: 1000 } } });
	expect(stored.failure?.data.needed).toBeGreaterThan(1000);
	expect(stage.pay.purses(mia)).toEqual([1000, 0]);
});

test('an answer that is stopped is charged for what was written', async () => {
	const before = enrich();
	const answer = ask(stage.endless, 8000);
	await begun(answer);
	await stage.chat.stop(mia, answer.id);
	const stored = await finished(answer);
	expect([stored.status, stored.charged !== null && stored.charged > 0]).toEqual(['stopped', true]);
	expectPaid(stored, before);
});

test('an answer of which nothing came costs nothing', async () => {
	const stored = await finished(ask(stage.brief, 10, 'word '.repeat(600)));
	expect(stored).toMatchObject({ status: 'failed', charged: 0, failure: { code: 'PROMPT_TOO_LONG' } });
	expectPaid(stored);
});

test.skipIf(process.platform !== 'linux')('M5 when the engine is killed, what was delivered is charged and the rest goes back', async () => {
	const before = enrich();
	const answer = ask(stage.endless, 8000);
	await begun(answer);
	for (const pid of await engineHosts()) process.kill(pid, 'SIGKILL');
	const stored = await finished(answer);
	expect(stored).toMatchObject({ status: 'cut', failure: { code: 'MODEL_WORKER_CRASHED' } });
	expect(stored.charged).toBeGreaterThan(0);
	expectPaid(stored, before);
});

test.each(['by itself', 'before the next answer'])(
	'an end that could not be stored is stored later, %s, and what was not used goes back then',
	async (when) => {
		const before = enrich();
		const answer = ask(stage.endless, 2000);
		await begun(answer);
		stage.db.$client.pragma('query_only = ON');
		await stage.chat.stop(mia, answer.id);
		stage.db.$client.pragma('query_only = OFF');
		const stored = () => last(stage.chat.get(mia, answer.conversationId).messages);
		expect([stored().status, stage.pay.purses(mia)[1] > 0]).toEqual(['streaming', true]);
		if (when === 'by itself') await vi.waitFor(() => expect(stored().status).toBe('stopped'), { timeout: 5000 });
		else expect(() => stage.chat.send(mia, answer.conversationId, 'of nothing', 'And dark?')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
		expect(stored().status).toBe('stopped');
		expectPaid(stored(), before);
	},
);

test('an answer that the end of the app cuts off is charged for what was written', async () => {
	const before = enrich();
	const { db, engine, library, ledger, log } = stage;
	const chat = new Chat({ db, engine, library, ledger, log });
	const answer = ask(stage.endless, 8000, 'What is light?', chat);
	await begun(answer, chat);
	await chat.close();
	const stored = last(chat.get(mia, answer.conversationId).messages);
	expect([stored.status, stored.charged !== null && stored.charged > 0]).toEqual(['cut', true]);
	expectPaid(stored, before);
});

test('L8 after a kill the answer that was cut is charged for what was stored of it, and one of which nothing was goes back', () => {
	const { db, engine, library, ledger, log } = stage;
	const { id: conversationId } = stage.chat.create(mia, stage.endless.id);
	// As a kill leaves them: holds that are open, messages that are being written.
	const work = { requestId: 'r', accountId: mia, task: 'chat', modelId: null, modelName: 'M', subjectId: null, tokens: 100 } as const;
	const leave = (id: string, usage: Message['usage']) => {
		ledger.reserve({ ...work, requestId: id });
		db.insert(message)
			.values({ id, conversationId, role: 'assistant', content: usage ? 'Li' : '', status: 'streaming', usage, createdAt: 1 })
			.run();
	};
	leave(`cut ${mia}`, { promptTokens: 20, completionTokens: 5, reusedTokens: 0, firstTokenMs: 1, tokensPerSecond: 1 });
	leave(`unheard ${mia}`, null);
	const again = new Chat({ db, engine, library, ledger, log });
	again.recover();
	ledger.recover(() => false);
	const charged = (id: string) =>
		db
			.select({ status: message.status, charged: message.charged })
			.from(message)
			.where(everyOwner(message.conversationId, eq(message.id, id)))
			.get();
	expect([charged(`cut ${mia}`), charged(`unheard ${mia}`)]).toEqual([
		{ status: 'cut', charged: 25 },
		{ status: 'cut', charged: 0 },
	]);
	expect(stage.pay.records.filter(({ subject }) => subject === mia)).toEqual([]);
	expect(ledger.checkBooks()).toEqual([]);
});

test('an answer whose usage cannot be charged keeps the app from nothing: what was set aside goes back', () => {
	const { db, engine, library, ledger, log } = stage;
	const { id: conversationId } = stage.chat.create(mia, stage.endless.id);
	const work = { accountId: mia, task: 'chat', modelId: null, modelName: 'M', subjectId: null, tokens: 100 } as const;
	const usages = ['{"promptTokens":5000,"completionTokens":5,"reusedTokens":0,"firstTokenMs":1,"tokensPerSecond":1}', '{'];
	for (const [number, usage] of usages.entries()) {
		const id = `bad ${number} ${mia}`;
		ledger.reserve({ ...work, requestId: id });
		const row = { id, conversationId, role: 'assistant', content: 'Li', status: 'streaming', usage: sql`${usage}`, createdAt: 1 } as const;
		db.insert(message).values(row).run();
	}
	new Chat({ db, engine, library, ledger, log }).recover();
	expect(stage.chat.get(mia, conversationId).messages.map(({ status, usage, charged }) => [status, usage, charged])).toEqual([
		['cut', null, 0],
		['cut', null, 0],
	]);
	expect(stage.pay.purses(mia)).toEqual([1000, 0]);
});

test('what is used of a text that is being written is stored with it', async () => {
	let now = 0;
	const { db, engine, library, ledger, log } = stage;
	const chat = new Chat({ db, engine, library, ledger, log, now: () => (now += 501) });
	const answer = ask(stage.endless, 8000, 'What is light?', chat);
	await begun(answer, chat);
	const row = db
		.select()
		.from(message)
		.where(everyOwner(message.conversationId, eq(message.id, answer.id)))
		.get();
	await chat.stop(mia, answer.id);
	expect(row).toMatchObject({ status: 'streaming', usage: { completionTokens: expect.any(Number) }, charged: null });
	expect(row?.content).not.toBe('');
});
