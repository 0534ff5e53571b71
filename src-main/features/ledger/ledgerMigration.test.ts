import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { firstMigrations, migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import { LedgerStage } from './openLedger.test-support.ts';

const log = pino({ enabled: false });
const folder = mkdtempSync(join(tmpdir(), 'homeroom-ledger-migration-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the migration to the ledger keeps answers and grades, of which nothing was charged, and begins with empty books and the first prices', () => {
	const file = join(folder, 'homeroom.db');
	const old = openDatabase({ file, migrationsFolder: firstMigrations(2, folder), log });
	old.db.$client.exec(`
		insert into conversation (id, owner_id, title, settings, created_at, updated_at) values ('c', 'ann', 'Light', '{}', 1, 1);
		insert into message (id, conversation_id, role, content, status, usage, created_at) values ('m', 'c', 'assistant', 'A wave.', 'streaming', '{"promptTokens":3}', 2);
		insert into assignment values ('a', 'ann', 't', '', 'q', '', '', 'auto', null, null, '[]', '{}', 1, null);
		insert into submission values ('s', 'a', 2, '1', 'Ann', 'four', '[]', 'graded', null);
		insert into proposal (id, submission_id, score, feedback, suggestions, model_name, tokens, created_at) values ('p', 's', 80, 'Good.', '[]', 'Tiny', 99, 3);`);
	old.close();

	const { db, close } = openDatabase({ file, migrationsFolder, log });
	const read = (query: string) => db.$client.prepare(query).all();
	expect(read('select id, content, status, usage, charged from message where conversation_id is not null')).toEqual([
		{ id: 'm', content: 'A wave.', status: 'streaming', usage: '{"promptTokens":3}', charged: null },
	]);
	expect(read('select id, score, tokens, charged from proposal where answer_id is not null')).toEqual([{ id: 'p', score: 80, tokens: 99, charged: null }]);
	const stage = new LedgerStage(db);
	expect(stage.ledger.prices().map(({ task, perMille, surcharge, since }) => [task, perMille, surcharge, since])).toEqual([
		['subtitles', 3000, 50, 0],
		['grading', 2000, 20, 0],
		['convert', 1200, 5, 0],
		['chat', 1000, 0, 0],
	]);
	expect([read('select * from purse'), read('select * from transfer')]).toEqual([[{ id: 'issue', kind: 'issue', holder_id: null, balance: 0 }], []]);
	expect([stage.purses('ann'), stage.ledger.checkBooks()]).toEqual([[1000, 0], []]);
	close();
});
