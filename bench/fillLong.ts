import { randomUUID } from 'node:crypto';
import { link, mkdir } from 'node:fs/promises';
import nodePath from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Client } from '#contract/contract.ts';
import { writeCues } from '../e2e/support/fill/fillFilm.ts';

export const messages = 5_000;
export const cues = 3_000;
export const models = 500;

/** A conversation of thousands of messages, written into the database of an app that is not running; each answer has a list and some code. */
export function writeConversation(file: string, conversationId: string): void {
	const database = new Database(file);
	const add = database.prepare(
		'insert into message (id, conversation_id, parent_id, role, content, status, model_name, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
	);
	let parentId: string | null = null;
	database.transaction(() => {
		for (let at = 0; at < messages; at++) {
			const id = randomUUID();
			const isQuestion = at % 2 === 0;
			const text = isQuestion
				? `Question ${at / 2 + 1}: why are leaves green?`
				: `Answer ${(at + 1) / 2}. ${'Leaves hold a **green** stuff. '.repeat(1 + (at % 7))}\n\n- red\n- blue\n\n\`\`\`json\n{"light": ${at}}\n\`\`\``;
			add.run(id, conversationId, parentId, isQuestion ? 'user' : 'assistant', text, 'complete', isQuestion ? null : 'Bench', at + 1);
			parentId = id;
		}
		database.prepare('update conversation set leaf_id = ?, title = ? where id = ?').run(parentId, 'A long talk', conversationId);
	})();
	database.close();
}

/** A film of thousands of cues; gives back its project. */
export async function createFilm(client: Client): Promise<string> {
	const fields = { title: 'A long film', sourceLanguage: 'en', targetLanguage: 'zh-Hans' };
	const { id } = await client.subtitles.create({ fields, source: { file: new File([writeCues(cues)], 'Long.en.srt'), fileName: 'Long.en.srt' } });
	return id;
}

/** Hundreds of models in the library of an app that is not running: its first one under as many names, which share the bytes of the file. */
export async function writeLibrary(file: string, folder: string): Promise<void> {
	const demo = fileURLToPath(new URL('../models/homeroom-demo.gguf', import.meta.url));
	await mkdir(folder, { recursive: true });
	const database = new Database(file);
	const [first, firstFile] = ['select * from model limit 1', 'select * from model_file limit 1'].map((statement) => database.prepare(statement).get());
	for (let at = 1; at <= models; at++) {
		const name = `Model-${String(at).padStart(3, '0')}`;
		const path = nodePath.join(folder, `${name}.gguf`);
		await link(demo, path);
		const id = randomUUID();
		insert(database, 'model', { ...(first as object), id, name });
		insert(database, 'model_file', { ...(firstFile as object), model_id: id, path });
	}
	database.close();
}

function insert(database: Database.Database, table: string, row: object): void {
	const places = Object.keys(row).map((column) => `@${column}`);
	database.prepare(`insert into ${table} (${Object.keys(row).join()}) values (${places.join()})`).run(row);
}
