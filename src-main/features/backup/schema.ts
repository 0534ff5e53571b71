import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BackupSchedule } from '#contract/backup.ts';

/** When backups are made by themselves: one row, or none while nobody has chosen. */
export const backupSchedule = sqliteTable('backup_schedule', {
	id: integer().primaryKey(),
	every: text().$type<BackupSchedule['every']>().notNull(),
	folder: text().notNull(),
	keep: integer().notNull(),
	withModels: integer('with_models', { mode: 'boolean' }).notNull(),
});
