import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTestModel } from '../../addTestModel.test-support.ts';
import { type OpenedApp, openApp, password } from '../../openApp.test-support.ts';
import { createLog } from '../../platform/log/createLog.ts';

let folder: string;
let stage: OpenedApp;
let closeLog: () => Promise<void>;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'homeroom-quiet-'));
	const opened = createLog({ folder, level: 'trace' });
	closeLog = opened.close;
	stage = await openApp({ log: opened.log });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('whatever is asked, answered, graded, refused or signed in with, the log has none of it, at its most talkative', async () => {
	const said = 'CANARYwordThatNobodyElseSays';
	const { client } = await stage.member('Uli', 'user');
	const { client: admin } = stage.olga;
	const modelId = (await addTestModel(admin, stage.folder)).id;
	const { secret } = await client.accounts.createKey({ name: 'a program', scopes: ['jobs'], expiresAt: null });
	await admin.market.setToken({ token: `hf_${said}` });
	await admin.settings.set({ proxy: `http://pupil:${said}@127.0.0.1:9/`, offline: true });
	await client.accounts.changePassword({ current: said, next: `${said} longer` }).catch(() => {});

	const { id: conversationId } = await client.chat.create({ modelId });
	await client.chat.change({ conversationId, title: said, settings: { systemPrompt: said, maxTokens: 8, temperature: 0 } });
	for (let time = 0; time < 2; time++) {
		const { messages } = await client.chat.send({ conversationId, parentId: null, text: said });
		for await (const piece of await client.chat.watch({ messageId: messages.at(-1)?.id ?? '' })) if (piece.type === 'end') break;
	}
	await client.convert.text({ content: `{"${said}": `, order: { to: 'yaml' } }).catch(() => {});
	const questions = [{ name: '1', text: said }];
	const mapping = { layout: 'wide' as const, studentId: 'id', studentNames: [], answers: [{ column: 'answer', questionName: 'answer' }] };
	const { id: assignmentId } = await client.grading.create({ fields: { title: said }, questions, source: { text: `id,answer\n1,${said}\n` }, mapping });
	const { job } = await client.grading.start({ assignmentId, modelId });
	for await (const jobs of await client.jobs.watch()) {
		const mine = jobs.find(({ id }) => id === job?.id);
		if (mine && ['completed', 'failed', 'cancelled', 'paused'].includes(mine.state)) break;
	}
	// What a caller sends that is none of what it should be.
	await client.chat.send({ conversationId: said, parentId: said, text: said }).catch(() => {});
	await client.chat.change({ conversationId, settings: { temperature: said as never } }).catch(() => {});
	await stage.close();
	await closeLog();

	const text = readdirSync(folder)
		.map((name) => readFileSync(join(folder, name), 'utf8'))
		.join('');
	expect(text).toContain('"level":"');
	for (const hidden of [said, said.toLowerCase(), secret, password, Buffer.from(said).toString('base64')]) expect(text.includes(hidden)).toBe(false);
}, 120_000);
