import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTestModel } from '../../addTestModel.test-support.ts';
import { type Member, type OpenedApp, openApp } from '../../openApp.test-support.ts';

let stage: OpenedApp;
let uli: Member;
let modelId: string;

beforeAll(async () => {
	stage = await openApp();
	uli = await stage.member('Uli', 'user');
	modelId = (await addTestModel(stage.olga.client, stage.folder)).id;
	await stage.olga.client.ledger.setPrice({ task: 'chat', perMille: 1000, surcharge: 7 });
}, 60_000);
afterAll(() => stage.close());

/** Asks in a conversation of its own, with nothing left to chance; gives the answer and the conversation's last message. */
async function ask(text: string) {
	const { id: conversationId } = await uli.client.chat.create({ modelId });
	await uli.client.chat.change({ conversationId, settings: { temperature: 0, maxTokens: 12 } });
	const { messages } = await uli.client.chat.send({ conversationId, parentId: null, text });
	return endOf(messages.at(-1)?.id ?? '');
}

async function endOf(messageId: string) {
	for await (const piece of await uli.client.chat.watch({ messageId })) if (piece.type === 'end') return piece.message;
	throw new Error('an answer ended without its end');
}

test('a question that was asked before is answered at once and costs the surcharge alone; asked once more on purpose, the model answers', async () => {
	const available = async () => {
		for await (const { balance } of await uli.client.ledger.watch()) return balance.available;
		throw new Error('no balance');
	};
	const first = await ask('What is a verb?');
	const between = await available();
	const second = await ask('What is a verb?');
	expect(first.content).not.toBe('');
	expect(second).toMatchObject({
		content: first.content,
		finish: first.finish,
		charged: 7,
		usage: { promptTokens: 0, completionTokens: 0, repeat: 'surcharge' },
	});
	expect(between - (await available())).toBe(7);
	const { messages } = await uli.client.chat.regenerate({ messageId: second.id });
	const again = await endOf(messages.at(-1)?.id ?? '');
	expect(again.usage?.repeat).toBeUndefined();
	expect(again.charged).toBe(first.charged);
	expect((await uli.client.ledger.statement({})).lines.filter(({ kind }) => kind === 'work').map(({ tokens }) => tokens)).toEqual([
		-(first.charged ?? 0),
		-7,
		-(first.charged ?? 0),
	]);
}, 60_000);

test('a model that is removed leaves no answer behind', async () => {
	await ask('What is a noun?');
	expect((await uli.client.cache.kept()).own.answers).toBe(2);
	for await (const deployments of await stage.olga.client.engine.watch()) {
		for (const { id } of deployments) await stage.olga.client.engine.unload({ deploymentId: id });
		break;
	}
	await stage.olga.client.library.remove({ modelIds: [modelId] });
	expect(await stage.olga.client.cache.kept()).toMatchObject({ all: { answers: 0, bytes: 0 } });
}, 60_000);
