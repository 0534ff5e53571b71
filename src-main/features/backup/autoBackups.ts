import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupSchedule } from '#contract/backup.ts';

const dayMs = 86_400_000;
const gapMs: Record<BackupSchedule['every'], number> = { never: Number.POSITIVE_INFINITY, day: dayMs, week: 7 * dayMs };
const autoName = /^Homeroom auto \d{4}-\d\d-\d\d \d{6}\.zip$/;

/** A backup that was made by itself, as its file tells. */
export interface AutoBackup {
	fileName: string;
	at: number;
	sizeBytes: number;
}

/** The name of a backup that is begun now; no two of one second are in one folder. */
export function nameBackup(at: Date, { isAuto, isSealed }: { isAuto: boolean; isSealed: boolean }): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
	const time = `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
	return `Homeroom ${isAuto ? 'auto ' : ''}${day} ${time}.${isSealed ? 'homeroom' : 'zip'}`;
}

/** The backups in a folder that were made by themselves, newest first; none where it is not there, such as while a disk is not plugged in. */
export async function listAuto(folder: string): Promise<AutoBackup[]> {
	const names = folder === '' ? [] : await readdir(folder).catch(() => []);
	const found = await Promise.all(
		names
			.filter((name) => autoName.test(name))
			.map(async (fileName) => {
				const stats = await stat(join(folder, fileName)).catch(() => null);
				return stats?.isFile() ? [{ fileName, at: Math.trunc(stats.mtimeMs), sizeBytes: stats.size }] : [];
			}),
	);
	return found.flat().sort((a, b) => b.at - a.at);
}

/** Deletes all but the newest `keep`. Only what bears the name that such backups have is ever deleted. */
export async function dropOldAuto(folder: string, keep: number): Promise<void> {
	for (const { fileName } of (await listAuto(folder)).slice(keep)) await rm(join(folder, fileName), { force: true });
}

/** When the next backup is due, after one that was made at `lastAt`; null: never. */
export function dueAt({ every, folder }: BackupSchedule, lastAt: number | null, now: number): number | null {
	if (every === 'never' || folder === '') return null;
	return lastAt === null ? now : lastAt + gapMs[every];
}
