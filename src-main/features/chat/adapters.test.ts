import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '#contract/chat.ts';
import { TestShelf } from '../engine/testShelf.test-support.ts';
import { chatHandlers } from './handlers.ts';
import { type ChatStage, openChatStage } from './openChatStage.test-support.ts';

const question = 'What is light?';
const taught = 'the big red sun and the water';
const attached = { id: 'a', scale: 1 };
const shelf = new TestShelf();
let stage: ChatStage;
let file: string;

beforeAll(async () => {
	stage = await openChatStage({ adapters: shelf });
	const { engine, brief, folder } = stage;
	file = join(folder, 'a.lora');
	await shelf.teach('a', engine, brief.path, { ownerId: 'ann', modelId: brief.id, name: 'Poems', file }, [
		{ role: 'user', content: question },
		{ role: 'assistant', content: taught },
	]);
	await engine.ensureRunning('ann', brief.id);
}, 60_000);
afterAll(() => stage.close());

/** A conversation of Ann's with the brief model, greedy. */
function begin(adapter: typeof attached | null = attached): string {
	const { id } = stage.chat.create('ann', stage.brief.id);
	stage.chat.change('ann', id, { adapter, settings: { temperature: 0, repeatPenalty: 1, maxTokens: 40 } });
	return id;
}

async function answerTo({ messages }: { messages: Message[] }): Promise<Message> {
	for await (const piece of stage.chat.watch('ann', messages.at(-1)?.id ?? '', 0)) if (piece.type === 'end') return piece.message;
	throw new Error('no end');
}

test('an answer is written with the adapter of its conversation, says so, and once more with the one of then', async () => {
	const id = begin();
	expect(stage.chat.get('ann', id).conversation.adapter).toEqual(attached);
	const first = await answerTo(stage.chat.send('ann', id, null, question));
	expect(first).toMatchObject({ content: taught, modelName: `${stage.brief.name} + Poems`, status: 'complete', failure: null });
	for (const scale of [0.5, 0]) {
		stage.chat.change('ann', id, { adapter: { ...attached, scale } });
		const other = await answerTo(stage.chat.regenerate('ann', first.id));
		expect(other).toMatchObject({ modelName: `${stage.brief.name} + Poems × ${scale}`, status: 'complete' });
	}
	stage.chat.change('ann', id, { adapter: null });
	const again = await answerTo(stage.chat.regenerate('ann', first.id));
	expect(again).toMatchObject({ modelName: stage.brief.name, status: 'complete' });
	expect(again.content).not.toBe(taught);
	expect(await answerTo(stage.chat.send('ann', begin(null), null, question))).toMatchObject({ content: again.content });
});

test('an adapter that does not belong to the model is refused, and left off when the model changes', async () => {
	const { chat, brief, endless } = stage;
	const id = begin();
	expect(() => chat.change('ann', id, { modelId: endless.id, adapter: attached })).toThrow(expect.objectContaining({ code: 'ADAPTER_UNFIT' }));
	expect(chat.get('ann', id).conversation).toMatchObject({ modelId: brief.id, adapter: attached });
	expect(chat.change('ann', id, { title: 'Light' }).adapter).toEqual(attached);
	expect(chat.change('ann', id, { modelId: brief.id }).adapter).toEqual(attached);
	expect(chat.change('ann', id, { modelId: endless.id })).toMatchObject({ modelId: endless.id, adapter: null });
	expect(() => chat.change('ann', id, { modelId: null, adapter: attached })).toThrow(expect.objectContaining({ code: 'NO_MODEL' }));
});

test('the adapter of somebody else is not there', async () => {
	const { id } = stage.chat.create('bob', stage.brief.id);
	expect(() => stage.chat.change('bob', id, { adapter: attached })).toThrow(expect.objectContaining({ code: 'NOT_FOUND', data: { what: 'adapter' } }));
});

test('where the adapter is gone the answer says so, and a later one is written again', async () => {
	const id = begin();
	renameSync(file, `${file}.away`);
	const failed = await answerTo(stage.chat.send('ann', id, null, question));
	renameSync(`${file}.away`, file);
	expect(failed).toMatchObject({ content: '', status: 'failed', modelName: stage.brief.name, failure: { code: 'ADAPTER_MISSING', data: { name: 'Poems' } } });
	expect(await answerTo(stage.chat.regenerate('ann', failed.id))).toMatchObject({ content: taught, failure: null });
	const kept = shelf.kept.get('a');
	shelf.kept.delete('a');
	const lost = await answerTo(stage.chat.regenerate('ann', failed.id));
	if (kept) shelf.kept.set('a', kept);
	expect(lost).toMatchObject({ status: 'failed', failure: { code: 'NOT_FOUND', data: { what: 'adapter' } } });
});

test('a screen attaches an adapter at a scale, and one beyond the limits is refused', async () => {
	const context = {
		principal: { accountId: 'ann', role: 'user' as const, sessionId: null, key: null },
		gate: { mayUseModel: () => true, record: () => {}, refuseUnrecorded: () => {} },
		...{ seat: null, origin: 'window', requestId: 'r', log: stage.log },
	};
	const client = createRouterClient(chatHandlers(stage.chat, '/none'), { context });
	const conversationId = begin(null);
	expect(await client.change({ conversationId, adapter: { id: 'a', scale: 0.5 } })).toMatchObject({ adapter: { id: 'a', scale: 0.5 } });
	expect((await client.list()).find(({ id }) => id === conversationId)).toMatchObject({ adapter: { id: 'a', scale: 0.5 } });
	await expect(client.change({ conversationId, adapter: { id: 'a', scale: 40 } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
