import { readdirSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readMigrations } from './readMigrations.ts';
import { migrationsFolder } from './temporaryDatabase.ts';

const sources = join(import.meta.dirname, '../..');

/** Everything that the schemas of the app say, as drizzle-kit reads it. */
async function readSchema() {
	const files = await Array.fromAsync(glob('{features,platform}/*/schema.ts', { cwd: sources }));
	const tables = await Promise.all(files.map((file) => import(join(sources, file))));
	return generateSQLiteDrizzleJson(Object.assign({}, ...tables));
}

const row = z.record(z.string(), z.unknown());

/** What a database is made of after these statements: each table by its columns, keys and indexes, which may stand in another order. */
function shapeOf(statements: readonly string[]): unknown {
	const client = new Database(':memory:');
	for (const statement of statements) client.exec(statement);
	const ask = (question: string, without: string) =>
		z
			.array(row)
			.parse(client.prepare(question).all())
			.map((each) => JSON.stringify({ ...each, [without]: null }))
			.sort();
	const tables = z.array(z.string()).parse(client.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`).pluck().all());
	const shape = tables.sort().map((table) => ({
		table,
		columns: ask(`select * from pragma_table_xinfo('${table}')`, 'cid'),
		keys: ask(`select * from pragma_foreign_key_list('${table}')`, 'id'),
		indexes: ask(`select name, replace(sql, '"', '\`') as sql from sqlite_master where type = 'index' and tbl_name = '${table}' and sql is not null`, ''),
	}));
	client.close();
	return shape;
}

test('schemas, snapshot and the SQL that ships say the same: a migration that was mended by hand loses nothing', async () => {
	const schema = await readSchema();
	const newest =
		readdirSync(join(migrationsFolder, 'meta'))
			.filter((name) => name.endsWith('_snapshot.json'))
			.sort()
			.at(-1) ?? '';
	const snapshot = JSON.parse(readFileSync(join(migrationsFolder, 'meta', newest), 'utf8'));
	expect(await generateSQLiteMigration(snapshot, schema)).toEqual([]);
	const empty = await generateSQLiteDrizzleJson({});
	const shipped = readMigrations(migrationsFolder).flatMap(({ statements }) => statements);
	expect(shapeOf(shipped)).toEqual(shapeOf(await generateSQLiteMigration(empty, schema)));
}, 60_000);
