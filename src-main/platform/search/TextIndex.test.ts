import { sql } from 'drizzle-orm';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatTexts } from '../../features/chat/chatTexts.ts';
import { conversation, message } from '../../features/chat/schema.ts';
import { temporaryDatabase } from '../database/temporaryDatabase.ts';
import { TextIndex } from './TextIndex.ts';

let opened: ReturnType<typeof temporaryDatabase>;
let index: TextIndex;
beforeEach(() => {
	opened = temporaryDatabase();
	index = new TextIndex({ db: opened.db, sources: chatTexts(opened.db), log: pino({ enabled: false }) });
});
afterEach(() => {
	index.close();
	opened.remove();
});

function talk(ownerId: string, contents: readonly string[]) {
	// What is in the settings is no matter here.
	opened.db
		.insert(conversation)
		.values({ id: ownerId, ownerId, title: '', settings: {} as never, createdAt: 1, updatedAt: 1 })
		.run();
	let parentId: string | null = null;
	for (const [at, content] of contents.entries()) {
		const id = `${ownerId}-${at}`;
		opened.db.insert(message).values({ id, conversationId: ownerId, parentId, role: 'user', content, status: 'complete', createdAt: at }).run();
		parentId = id;
	}
}
const findAll = async (ownerId: string, question: string, most = 50) => {
	for (;;) {
		const { found, isComplete } = index.find(ownerId, question, most);
		if (isComplete) return found.map(({ id }) => id);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
};
const rowsOf = (table: string) => Number(opened.db.all<{ count: number }>(sql.raw(`select count(*) as count from ${table}`))[0]?.count);

test('what was there before is taken in, in the background, and found newest first, side by side before that', async () => {
	talk('anna', ['the moon', 'moon and the sun', ...Array.from({ length: 450 }, (_, at) => `tide ${at}`), 'moon, then']);
	talk('berta', ['the moon']);
	index.start();
	expect(index.find('anna', 'moon', 50).isComplete).toBe(false);
	expect(await findAll('anna', 'moon')).toEqual(['anna-452', 'anna-1', 'anna-0']);
	expect(await findAll('anna', 'the moon')).toEqual(['anna-0', 'anna-1']);
	expect(await findAll('anna', 'tide', 7)).toHaveLength(7);
	expect(await findAll('berta', 'moon')).toEqual(['berta-0']);
	expect(await findAll('nobody', 'moon')).toEqual([]);
});

test('what follows a hidden message is hidden and shown with it', async () => {
	index.start();
	talk('anna', ['moon one', 'moon two', 'moon three']);
	expect(await findAll('anna', 'moon')).toEqual(['anna-2', 'anna-1', 'anna-0']);
	opened.db.run(sql`update message set deleted_at = 1 where id = 'anna-1' and conversation_id is not null`);
	expect(await findAll('anna', 'moon')).toEqual(['anna-0']);
	opened.db.run(sql`update message set deleted_at = null where id = 'anna-1' and conversation_id is not null`);
	expect(await findAll('anna', 'moon')).toEqual(['anna-2', 'anna-1', 'anna-0']);
});

test('what is deleted leaves nothing behind, also where the rows go with their conversation', async () => {
	index.start();
	talk('anna', ['moon one', 'moon two']);
	await findAll('anna', 'moon');
	expect(rowsOf('indexed_text where owner_id is not null')).toBe(2);
	opened.db.run(sql`delete from conversation where owner_id = 'anna'`);
	expect(await findAll('anna', 'moon')).toEqual([]);
	expect([rowsOf('indexed_text where owner_id is not null'), rowsOf('changed_text'), rowsOf("text_index where text_index match 'moon'")]).toEqual([0, 0, 0]);
});

test('a change that is taken back is not found', async () => {
	index.start();
	talk('anna', ['moon']);
	expect(() =>
		opened.db.transaction((tx) => {
			tx.run(sql`update message set content = 'star' where conversation_id is not null`);
			throw new Error('taken back');
		}),
	).toThrow('taken back');
	expect([await findAll('anna', 'star'), await findAll('anna', 'moon')]).toEqual([[], ['anna-0']]);
});

test('only the beginning of an endless text is kept, and the index passes SQLite’s own check', async () => {
	index.start();
	talk('anna', [`moon ${'x '.repeat(20_000)} hidden`]);
	expect([await findAll('anna', 'moon'), await findAll('anna', 'hidden')]).toEqual([['anna-0'], []]);
	expect(opened.db.all(sql`pragma integrity_check`)).toEqual([{ integrity_check: 'ok' }]);
});

test('an index of another form is made anew', async () => {
	talk('anna', ['moon']);
	index.start();
	await findAll('anna', 'moon');
	index.close();
	opened.db.run(sql`update text_index_state set made_by = 'another'`);
	// Nobody wrote down that this was changed.
	opened.db.$client.exec(`drop trigger search_message_changed; update message set content = 'star' where id = 'anna-0'`);
	index = new TextIndex({ db: opened.db, sources: chatTexts(opened.db).slice(1), log: pino({ enabled: false }) });
	for (const { name } of opened.db.$client.prepare('select name from temp.sqlite_schema').all() as { name: string }[])
		opened.db.$client.exec(`drop trigger "${name}"`);
	index.start();
	expect([await findAll('anna', 'star'), await findAll('anna', 'moon')]).toEqual([['anna-0'], []]);
});
