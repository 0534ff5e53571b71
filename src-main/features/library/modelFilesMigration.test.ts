import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/openDatabase.ts';
import { firstMigrations, migrationsFolder } from '../../platform/database/temporaryDatabase.ts';
import { ModelTable } from './ModelTable.ts';

const log = pino({ enabled: false });
const folder = mkdtempSync(join(tmpdir(), 'homeroom-model-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the migration to model files keeps every model: its path becomes its one file, its source its origin', () => {
	const file = join(folder, 'homeroom.db');
	const old = openDatabase({ file, migrationsFolder: firstMigrations(1, folder), log });
	old.db.$client.exec(`insert into model (id, name, path, owned, size_bytes, source, architecture, parameters, quantization, context_tokens, has_chat_template, added_at, last_used_at)
		values ('a', 'Qwen', '/models/qwen.gguf', 1, 123, 'local', 'qwen2', 7, 'Q4_0', 512, 1, 10, 20),
			('b', 'Homeroom test model', '/models/it''s.gguf', 1, 5, 'test', 'llama', null, 'Q8_0', null, 0, 9, null)`);
	old.close();

	const { db, close } = openDatabase({ file, migrationsFolder, log });
	const kept = { kind: 'model', owned: true, linked: false, defaults: null, license: null, tags: [] };
	const fileKept = { position: 0, modifiedAt: null, sha256: null, published: false, checkedAt: null, badBlocks: [] };
	expect(new ModelTable(db).all()).toEqual([
		{
			...{ ...kept, id: 'a', name: 'Qwen', sizeBytes: 123, origin: { source: 'local' }, architecture: 'qwen2', parameters: 7, quantization: 'Q4_0' },
			...{ contextTokens: 512, hasChatTemplate: true, addedAt: 10, lastUsedAt: 20 },
			files: [{ ...fileKept, path: '/models/qwen.gguf', sizeBytes: 123 }],
		},
		{
			...{
				...kept,
				id: 'b',
				name: 'Homeroom test model',
				sizeBytes: 5,
				origin: { source: 'test' },
				architecture: 'llama',
				parameters: null,
				quantization: 'Q8_0',
			},
			...{ contextTokens: null, hasChatTemplate: false, addedAt: 9, lastUsedAt: null },
			files: [{ ...fileKept, path: "/models/it's.gguf", sizeBytes: 5 }],
		},
	]);
	expect(new ModelTable(db).blockSums('a')).toEqual([null]);
	close();
});
