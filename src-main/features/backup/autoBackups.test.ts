import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usualSchedule } from '#contract/backup.ts';
import { dropOldAuto, dueAt, listAuto, nameBackup } from './autoBackups.ts';

const dayMs = 86_400_000;

test.each<['never' | 'day' | 'week', string, number | null, number | null]>([
	['never', '/b', 1000, null],
	['day', '', 1000, null],
	['day', '/b', null, 5000],
	['day', '/b', 1000, 1000 + dayMs],
	['week', '/b', 1000, 1000 + 7 * dayMs],
])('every %s into "%s", with one made at %s, is due at %s', (every, folder, lastAt, due) => {
	expect(dueAt({ ...usualSchedule, every, folder }, lastAt, 5000)).toBe(due);
});

test('keeps the newest of those that were made by themselves, and deletes nothing else', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'homeroom-auto-'));
	const auto = [1, 2, 3].map((day) => nameBackup(new Date(2026, 0, day, 9, 5, 7), { isAuto: true, isSealed: false }));
	const others = [nameBackup(new Date(2026, 0, 1), { isAuto: false, isSealed: true }), 'Homeroom auto.zip', 'holidays.zip'];
	for (const [at, name] of [...auto, ...others].entries()) {
		writeFileSync(join(folder, name), 'x');
		utimesSync(join(folder, name), at + 1, at + 1);
	}
	expect(auto[0]).toBe('Homeroom auto 2026-01-01 090507.zip');
	await dropOldAuto(folder, 2);
	expect(readdirSync(folder).sort()).toEqual([...auto.slice(1), ...others].sort());
	expect(await listAuto(folder)).toEqual([
		{ fileName: auto[2], at: 3000, sizeBytes: 1 },
		{ fileName: auto[1], at: 2000, sizeBytes: 1 },
	]);
	expect(await listAuto(join(folder, 'unplugged'))).toEqual([]);
	rmSync(folder, { recursive: true });
});
