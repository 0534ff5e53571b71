import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCopy, dropStaleCopies } from './backupCopy.ts';

test('of copies in the data folder the old ones go that a kill has left, and nothing else', () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-copies-'));
	const [old, journal, young, other] = [backupCopy(folder, 17), `${backupCopy(folder, 17)}-journal`, backupCopy(folder, 'b4-c5'), join(folder, 'homeroom.db')];
	for (const file of [old, journal, young, other]) writeFileSync(file, '');
	for (const file of [old, journal, other]) utimesSync(file, 1_000, 1_000);
	dropStaleCopies(folder, Date.now());
	expect([old, journal, young, other].map((file) => existsSync(file))).toEqual([false, false, true, true]);
	rmSync(folder, { recursive: true });
});
