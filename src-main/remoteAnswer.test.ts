import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuse, type ServedBackend, serveBackend, speak, usageOf } from './features/routes/backends/serveBackend.test-support.ts';
import { type Member, type OpenedApp, openApp } from './openApp.test-support.ts';

let stage: OpenedApp;
let server: ServedBackend;
let uli: Member;
let backendId: string;
let routeId: string;

beforeAll(async () => {
	stage = await openApp();
	server = await serveBackend();
	uli = await stage.member('Uli', 'user');
	const { backends, routes } = stage.olga.client;
	backendId = (await backends.add({ name: 'School server', kind: 'vllm', endpoint: server.endpoint, key: 'sk-1' })).id;
	routeId = (await routes.create({ name: 'Large', targets: [{ source: { kind: 'backend', backendId, model: 'large' } }] })).id;
}, 60_000);
afterAll(async () => {
	await stage.close();
	await server.close();
});

/** Asks in a chat of Uli's own, and waits for the end of the answer. */
async function ask(text: string) {
	const { client } = uli;
	const { id: conversationId } = await client.chat.create({ modelId: routeId });
	await client.chat.change({ conversationId, settings: { maxTokens: 50 } });
	const { messages } = await client.chat.send({ conversationId, parentId: null, text });
	for await (const piece of await client.chat.watch({ messageId: messages.at(-1)?.id ?? '' })) if (piece.type === 'end') break;
	return (await client.chat.get({ conversationId })).messages.at(-1);
}
const balance = async () => {
	for await (const { balance: now } of await uli.client.ledger.watch()) return now;
	return null;
};

test('a chat by a route is answered by the server behind it, paid by what that counted, and listed as a connection of its reader', async () => {
	server.answerWith(speak(['The ', 'moon', '.'], usageOf(30, 3)));
	const before = await balance();
	expect(await ask('What pulls the water?')).toMatchObject({
		content: 'The moon.',
		status: 'complete',
		charged: 33,
		usage: { promptTokens: 30, completionTokens: 3 },
	});
	expect(server.seen.at(-1)).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer sk-1', body: { model: 'large' } });
	expect((before?.available ?? 0) - ((await balance())?.available ?? 0)).toBe(33);
	const { entries } = await stage.olga.client.outbound.list({});
	expect(entries).toContainEqual(expect.objectContaining({ purpose: 'model', host: server.host, askedBy: { accountId: uli.accountId, name: 'Uli' } }));
	expect(entries.find(({ purpose }) => purpose === 'model')?.sentBytes).toBeGreaterThan('What pulls the water?'.length);
}, 60_000);

test('what goes wrong at the server is told to the reader in its words, and costs nothing', async () => {
	server.answerWith(refuse(401, { error: { message: 'wrong key' } }));
	const before = await balance();
	expect(await ask('And now?')).toMatchObject({ status: 'failed', failure: { code: 'BACKEND_KEY_REFUSED' } });
	expect(await balance()).toEqual(before);
}, 60_000);

test('a server that routes lead to is not removed', async () => {
	await expect(stage.olga.client.backends.remove({ backendId })).rejects.toMatchObject({ code: 'BACKEND_IN_USE', data: { routes: ['Large'] } });
});
