import { readdirSync, readFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Conversation, Message, Piece } from '#contract/chat.ts';
import type { Model } from '#contract/library.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { Chat } from './chat.ts';
import { chatHandlers } from './handlers.ts';
import { type ChatStage, openChatStage } from './openChatStage.test-support.ts';
import { message } from './schema.ts';

let stage: ChatStage;

beforeAll(async () => {
	stage = await openChatStage();
}, 60_000);
afterAll(() => stage.close());

/** A conversation with one question; its answer is being written. */
function ask(model: Model, maxTokens = 40, text = 'What is light?'): { conversation: Conversation; answer: Message } {
	const { chat } = stage;
	const { id } = chat.create('ann', model.id);
	chat.change('ann', id, { settings: { maxTokens } });
	const { conversation, messages } = chat.send('ann', id, null, text);
	return { conversation, answer: last(messages) };
}

function last(messages: Message[]): Message {
	const message = messages.at(-1);
	if (!message) throw new Error('there is no message');
	return message;
}

async function collect(pieces: AsyncIterable<Piece>): Promise<Piece[]> {
	const all: Piece[] = [];
	for await (const piece of pieces) all.push(piece);
	return all;
}

function textOf(pieces: Piece[]): string {
	return pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
}

function endOf(pieces: Piece[]): Message {
	const end = pieces.at(-1);
	if (end?.type !== 'end') throw new Error('the stream has no end');
	return end.message;
}

async function finished(answer: Message): Promise<Message> {
	return endOf(await collect(stage.chat.watch('ann', answer.id, 0)));
}

/** The first piece of an answer, and the stream that goes on. */
async function begin(answer: Message, afterSeq = 0): Promise<{ first: Piece; rest: AsyncIterator<Piece> }> {
	const rest = stage.chat.watch('ann', answer.id, afterSeq)[Symbol.asyncIterator]();
	const { value } = await rest.next();
	return { first: value, rest };
}

test('streams an answer in numbered pieces and stores what they say, with its cost', async () => {
	const { conversation, answer } = ask(stage.endless);
	const pieces = await collect(stage.chat.watch('ann', answer.id, 0));
	const stored = endOf(pieces);
	const numbers = pieces.map(({ seq }) => seq);
	expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
	expect(textOf(pieces)).toBe(stored.content);
	expect(stored).toMatchObject({ status: 'complete', finish: 'length', failure: null, modelName: stage.endless.name, usage: { completionTokens: 40 } });
	expect(stage.chat.get('ann', conversation.id)).toMatchObject({
		conversation: { title: 'What is light?', leafId: answer.id },
		messages: [{ content: 'What is light?' }, stored],
	});
	expect(await collect(stage.chat.watch('ann', answer.id, 7))).toEqual([{ type: 'end', seq: 8, message: stored }]);
});

test('a conversation begins with what its model advises, and takes over another model’s advice until something is said or set', () => {
	const advice = { [stage.brief.id]: { temperature: 0.2, stop: ['###'], systemPrompt: 'Be kind.' }, [stage.endless.id]: { topK: 7 } };
	const library = { get: (id: string): Model => ({ ...stage.library.get(id), defaults: advice[id] ?? null }) };
	const chat = new Chat({ db: stage.db, engine: stage.engine, library, ledger: stage.ledger, log: stage.log });
	const usual = chat.create('ann', null).settings;
	const { id, settings } = chat.create('ann', stage.brief.id);
	expect(settings).toEqual({ ...usual, temperature: 0.2, stop: ['###'], systemPrompt: 'Be kind.' });
	expect(chat.change('ann', id, { modelId: stage.endless.id }).settings).toEqual({ ...usual, topK: 7 });
	expect(chat.change('ann', id, { modelId: stage.brief.id, settings: { temperature: 1 } }).settings).toEqual({ ...settings, temperature: 1 });
	expect(chat.change('ann', id, { modelId: stage.endless.id }).settings).toEqual({ ...settings, temperature: 1 });
});

test('who comes back gets exactly what came after the piece they had', async () => {
	const { answer } = ask(stage.endless, 120);
	const { first, rest } = await begin(answer);
	await rest.return?.();
	const later = await collect(stage.chat.watch('ann', answer.id, first.seq));
	expect(textOf([first, ...later])).toBe(endOf(later).content);
	expect(later[0]?.seq).toBeGreaterThan(first.seq);
});

test('a slow reader gets all it missed as one piece', async () => {
	const { answer } = ask(stage.endless, 120);
	const { first, rest } = await begin(answer);
	const stored = await finished(answer);
	const missed = (await rest.next()).value as Piece;
	const end = (await rest.next()).value as Piece;
	expect([missed.type, end]).toEqual(['text', { type: 'end', seq: missed.seq + 1, message: stored }]);
	expect(textOf([first, missed])).toBe(stored.content);
});

test('stop keeps the text, ends every watcher and frees the conversation', async () => {
	const { conversation, answer } = ask(stage.endless, 8000);
	const { first, rest } = await begin(answer);
	await stage.chat.stop('ann', answer.id);
	const stored = last(stage.chat.get('ann', conversation.id).messages);
	expect(stored).toMatchObject({ status: 'stopped', finish: 'aborted', failure: null });
	expect(stored.content.startsWith(textOf([first]))).toBe(true);
	expect(endOf(await collect({ [Symbol.asyncIterator]: () => rest }))).toEqual(stored);
	const next = last(stage.chat.send('ann', conversation.id, answer.id, 'Go on').messages);
	await stage.chat.stop('ann', next.id);
});

test('one conversation has one answer at a time, another is answered beside it', async () => {
	const { conversation, answer } = ask(stage.endless, 8000);
	for (const second of [() => stage.chat.send('ann', conversation.id, null, 'x'), () => stage.chat.regenerate('ann', answer.id)])
		expect(second).toThrow(expect.objectContaining({ code: 'ALREADY_ANSWERING' }));
	const other = ask(stage.endless, 5);
	expect((await finished(other.answer)).status).toBe('complete');
	expect(last(stage.chat.get('ann', conversation.id).messages).status).toBe('streaming');
	await stage.chat.stop('ann', answer.id);
});

test('an edit and a regeneration are siblings, and the newest branch is shown', async () => {
	const { conversation, answer } = ask(stage.brief, 8);
	await finished(answer);
	const edited = stage.chat.send('ann', conversation.id, null, 'What is sound?');
	await finished(last(edited.messages));
	const again = stage.chat.regenerate('ann', answer.id);
	await finished(last(again.messages));
	const { conversation: shown, messages } = stage.chat.get('ann', conversation.id);
	const [question, first, edit, second, third] = messages.map(({ id }) => id);
	expect(messages.map(({ parentId, role }) => [parentId, role])).toEqual([
		[null, 'user'],
		[question, 'assistant'],
		[null, 'user'],
		[edit, 'assistant'],
		[question, 'assistant'],
	]);
	expect(shown.leafId).toBe(third);
	expect(stage.chat.change('ann', conversation.id, { leafId: edit ?? null }).leafId).toBe(second);

	const removed = await stage.chat.removeMessage('ann', third ?? '');
	expect([removed.conversation.leafId, removed.messages.length]).toEqual([second, 4]);
	const gone = await stage.chat.removeMessage('ann', edit ?? '');
	expect([gone.conversation.leafId, gone.messages.map(({ id }) => id)]).toEqual([first, [question, first]]);
	const back = stage.chat.restoreMessage('ann', edit ?? '');
	expect([back.conversation.leafId, back.messages.length]).toEqual([second, 4]);
});

test('the model is given the branch and the system prompt, and nothing of its siblings', async () => {
	const { conversation, answer } = ask(stage.brief, 8, 'word '.repeat(100));
	const { usage } = await finished(answer);
	const sibling = await finished(last(stage.chat.send('ann', conversation.id, null, 'word').messages));
	expect(sibling.usage?.promptTokens).toBeLessThan((usage?.promptTokens ?? 0) - 90);
	stage.chat.change('ann', conversation.id, { settings: { systemPrompt: 'word '.repeat(50) } });
	const prompted = await finished(last(stage.chat.regenerate('ann', sibling.id).messages));
	expect(prompted.usage?.promptTokens).toBeGreaterThan((sibling.usage?.promptTokens ?? 0) + 45);
});

test('a prompt that does not fit fails with its numbers; nothing is cut off it', async () => {
	const { answer } = ask(stage.brief, 100, 'word '.repeat(3000));
	const { status, content, failure } = await finished(answer);
	expect({ status, content, failure }).toEqual({
		status: 'failed',
		content: '',
		failure: {
			code: 'PROMPT_TOO_LONG',
			message: expect.any(String),
			data: { promptTokens: expect.toSatisfy((tokens: number) => tokens > 3000), contextTokens: 512 },
		},
	});
});

test('an answer waits for a model that is not loaded', async () => {
	const [loaded] = stage.engine.deployments('ann').filter(({ modelId }) => modelId === stage.brief.id);
	await stage.engine.unload('ann', loaded?.id ?? '');
	const { answer } = ask(stage.brief, 8);
	expect(answer.status).toBe('streaming');
	expect((await finished(answer)).status).toBe('complete');
});

test.skipIf(process.platform !== 'linux')('M5 when the engine is killed, the text so far is kept as cut, and the next answer comes', async () => {
	const { conversation, answer } = ask(stage.endless, 8000);
	const { rest, first } = await begin(answer);
	for (const pid of engineHosts()) process.kill(pid, 'SIGKILL');
	const stored = endOf(await collect({ [Symbol.asyncIterator]: () => rest }));
	expect(stored).toMatchObject({ status: 'cut', failure: { code: 'MODEL_WORKER_CRASHED' } });
	expect(stored.content.startsWith(textOf([first]))).toBe(true);
	stage.chat.change('ann', conversation.id, { settings: { maxTokens: 5 } });
	expect((await finished(last(stage.chat.regenerate('ann', answer.id).messages))).status).toBe('complete');
});

function engineHosts(): number[] {
	const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return pids.map(Number).filter((pid) => {
		try {
			const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
			return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('engineHost');
		} catch {
			// It has ended since the folder was read.
			return false;
		}
	});
}

test('an answer that the app’s end or a crash cut off says so at the next start', async () => {
	const { db, engine, library, ledger, log } = stage;
	const first = new Chat({ db, engine, library, ledger, log });
	const { id } = first.create('ann', stage.endless.id);
	first.change('ann', id, { settings: { maxTokens: 8000 } });
	const answer = last(first.send('ann', id, null, 'x').messages);
	for await (const _ of first.watch('ann', answer.id, 0)) break;
	await first.close();
	const closed = last(first.get('ann', id).messages);
	expect([closed.status, closed.content === '']).toEqual(['cut', false]);
	expect(() => first.regenerate('ann', answer.id)).toThrow(expect.objectContaining({ code: 'SHUTTING_DOWN' }));

	db.update(message)
		.set({ status: 'streaming' })
		.where(everyOwner(message.conversationId, eq(message.id, answer.id)))
		.run();
	const second = new Chat({ db, engine, library, ledger, log });
	second.recover();
	expect(last(second.get('ann', id).messages)).toEqual(closed);
});

test('without a model nothing is sent', () => {
	const { id } = stage.chat.create('ann', null);
	expect(() => stage.chat.send('ann', id, null, 'x')).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
	expect(stage.chat.get('ann', id).messages).toEqual([]);
});

test('a screen changes one setting and leaves the others, and watches an answer to its end', async () => {
	const context = {
		principal: { accountId: 'ann', role: 'user' as const, sessionId: null, key: null },
		gate: { mayUseModel: () => true, record: () => {}, refuseUnrecorded: () => {} },
		seat: null,
		origin: 'window',
		requestId: 'r',
		log: stage.log,
	};
	const client = createRouterClient(chatHandlers(stage.chat, '/none'), { context });
	const { id } = await client.create({ modelId: stage.brief.id });
	await client.change({ conversationId: id, settings: { systemPrompt: 'Be kind.', maxTokens: 6 } });
	expect(await client.change({ conversationId: id, title: 'T', settings: { temperature: 0 } })).toMatchObject({
		title: 'T',
		settings: { systemPrompt: 'Be kind.', maxTokens: 6, temperature: 0, topP: 0.95 },
	});
	const { messages } = await client.send({ conversationId: id, parentId: null, text: 'x' });
	const pieces = await collect(await client.watch({ messageId: last(messages).id }));
	expect(endOf(pieces)).toEqual(last((await client.get({ conversationId: id })).messages));
});

test('a removed conversation is off the list, ends its answer, and comes back whole', async () => {
	const { conversation, answer } = ask(stage.endless, 8000);
	await stage.chat.remove('ann', conversation.id);
	expect(stage.chat.list('ann').some(({ id }) => id === conversation.id)).toBe(false);
	expect(() => stage.chat.get('ann', conversation.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	stage.chat.restore('ann', conversation.id);
	expect(stage.chat.get('ann', conversation.id).messages.find(({ id }) => id === answer.id)?.status).toBe('stopped');
});

test('U7 another’s conversation is NOT_FOUND by every way to it', async () => {
	const { conversation, answer } = ask(stage.brief, 8);
	await finished(answer);
	const { chat } = stage;
	const ways: (() => unknown)[] = [
		() => chat.get('bob', conversation.id),
		() => chat.change('bob', conversation.id, { title: 'mine' }),
		() => chat.remove('bob', conversation.id),
		() => chat.restore('bob', conversation.id),
		() => chat.send('bob', conversation.id, null, 'x'),
		() => chat.regenerate('bob', answer.id),
		() => chat.watch('bob', answer.id, 0),
		() => chat.stop('bob', answer.id),
		() => chat.removeMessage('bob', answer.id),
		() => chat.restoreMessage('bob', answer.id),
		() => chat.export('bob', conversation.id, 'json'),
	];
	for (const way of ways) await expect(Promise.try(way)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	const own = chat.create('bob', stage.brief.id);
	expect(() => chat.send('bob', own.id, answer.id, 'x')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(() => chat.change('bob', own.id, { leafId: answer.id })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	expect(chat.list('bob').map(({ id }) => id)).toEqual([own.id]);
	expect(chat.get('ann', conversation.id).messages).toHaveLength(2);
});

test('exports the shown branch as Markdown and the whole tree as JSON', async () => {
	const { conversation, answer } = ask(stage.brief, 8, 'First: question?');
	const { content } = await finished(answer);
	await finished(last(stage.chat.send('ann', conversation.id, null, 'Other').messages));
	stage.chat.change('ann', conversation.id, { leafId: answer.id, settings: { systemPrompt: 'Be kind.' } });
	expect(stage.chat.export('ann', conversation.id, 'markdown')).toEqual({
		fileName: 'First question.md',
		text: `# First: question?\n\n## System\n\nBe kind.\n\n## User\n\nFirst: question?\n\n## Assistant (${stage.brief.name})\n\n${content.trim()}\n`,
	});
	const { fileName, text } = stage.chat.export('ann', conversation.id, 'json');
	expect([fileName, JSON.parse(text)]).toEqual(['First question.json', stage.chat.get('ann', conversation.id)]);
});
