import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import { chatSettings } from '#contract/chat.ts';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import { purgeDeleted } from './purgeDeleted.ts';
import { conversation, message } from './schema.ts';

const migrationsFolder = join(import.meta.dirname, '../../../resources/migrations');

test('deletes what was hidden long ago with all that follows it, however long the conversation', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'homeroom-chat-'));
	const { db, close } = openDatabase({ file: join(folder, 'x.db'), migrationsFolder, log: pino({ level: 'silent' }) });
	const conversationOf = (id: string, deletedAt: number | null) => ({
		id,
		ownerId: 'o',
		title: id,
		settings: chatSettings.parse({}),
		createdAt: 1,
		updatedAt: 1,
		deletedAt,
	});
	const chainIn = (id: string, hiddenAt: number | null) =>
		Array.from({ length: 3000 }, (_, index) => ({
			id: `${id}${index}`,
			conversationId: id,
			parentId: index === 0 ? null : `${id}${index - 1}`,
			role: 'user' as const,
			content: 'x',
			status: 'complete' as const,
			createdAt: index,
			deletedAt: index === 1000 ? hiddenAt : null,
		}));
	db.insert(conversation)
		.values([conversationOf('old', 10), conversationOf('young', 30), conversationOf('kept', null)])
		.run();
	db.transaction((tx) => {
		for (const row of [...chainIn('old', null), ...chainIn('young', null), ...chainIn('kept', 10)]) tx.insert(message).values(row).run();
	});

	purgeDeleted(db, 20);

	expect(db.select({ id: conversation.id }).from(conversation).where(everyOwner(conversation)).orderBy(conversation.id).all()).toEqual([
		{ id: 'kept' },
		{ id: 'young' },
	]);
	expect(db.select({ id: message.id }).from(message).where(everyOwner(message.conversationId)).all()).toHaveLength(3000 + 1000);
	close();
	await rm(folder, { recursive: true });
});
