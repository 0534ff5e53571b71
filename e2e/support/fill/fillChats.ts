import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '#contract/contract.ts';

const patienceMs = 120_000;

/** Three conversations: one of several questions and answers in several scripts, one of one, one of none but a title in Arabic. Gives back the first. */
export async function fillChats(client: Client, modelId: string): Promise<string> {
	const none = await client.chat.create({ modelId });
	await client.chat.change({ conversationId: none.id, title: 'محادثة عن الضوء' });
	const short = await client.chat.create({ modelId });
	await ask(client, short.id, 'Translate into Chinese: Good morning.');
	const { id } = await client.chat.create({ modelId });
	const questions = [
		'What is Homeroom?',
		'مرحبا! ما هو هوم روم؟ اكتب الجواب بالعربية.',
		'A list, please:\n\n1. **leaves** are green\n2. `2 + 3 × 4` is 14\n\n```json\n{"why": "light", "a_rather_long_key_that_goes_on": "and a value that is wider than the page is, so that it must be scrolled"}\n```',
	];
	for (const question of questions) await ask(client, id, question);
	await client.chat.change({ conversationId: id, title: 'What Homeroom is, in two languages and in a title that is longer than its place' });
	return id;
}

/** Says something at the end of a conversation and waits for the answer. */
async function ask(client: Client, conversationId: string, text: string): Promise<void> {
	const { conversation } = await client.chat.get({ conversationId });
	await client.chat.change({ conversationId, settings: { maxTokens: 60 } });
	await client.chat.send({ conversationId, parentId: conversation.leafId, text });
	const until = Date.now() + patienceMs;
	while ((await client.chat.get({ conversationId })).messages.some(({ status }) => status === 'streaming')) {
		if (Date.now() > until) throw new Error(`“${text}” is not answered`);
		await wait(200);
	}
}
