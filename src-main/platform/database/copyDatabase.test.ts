import { statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { copyDatabase } from './copyDatabase.ts';
import { copyDatabase as copyAtOnce } from './snapshotDatabase.ts';
import { temporaryDatabase } from './temporaryDatabase.ts';

test.skipIf(process.platform === 'win32')('copies are for the eyes of their user alone, and take the place of what lay there', async () => {
	const opened = temporaryDatabase();
	try {
		const { $client } = opened.db;
		$client.exec("CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('secret')");
		const copies = [`${$client.name}.one`, `${$client.name}.two`] as const;
		writeFileSync(copies[0], 'left behind');
		await copyDatabase($client, copies[0], { statements: ["UPDATE note SET text = 'changed'"] });
		copyAtOnce($client, copies[1]);
		const told = copies.map((file) => {
			const copy = new Database(file, { readonly: true });
			const text = copy.prepare('SELECT text FROM note').pluck().get();
			copy.close();
			return [text, statSync(file).mode & 0o777];
		});
		expect(told).toEqual([
			['changed', 0o600],
			['secret', 0o600],
		]);
	} finally {
		opened.remove();
	}
});
