import type Database from 'better-sqlite3';
import type { Logger } from '../log/createLog.ts';
import { StartRefusal } from '../paths/StartRefusal.ts';
import { applyMigrations, readApplied } from './applyMigrations.ts';
import { type MigrationPlan, planMigrations } from './planMigrations.ts';
import { readMigrations } from './readMigrations.ts';
import { snapshotDatabase } from './snapshotDatabase.ts';

/** Migrations that a database still has to go through. */
export type PendingMigrations = Extract<MigrationPlan, { kind: 'apply' }>;

/**
 * Finds what is to be done to bring the tables of `client` to the newest version that this app knows; null: nothing. Only reads.
 *
 * @throws StartRefusal where the file is of a newer or another app.
 */
export function findPending(client: Database.Database, migrationsFolder: string): PendingMigrations | null {
	const plan = planMigrations(readMigrations(migrationsFolder), readApplied(client));
	switch (plan.kind) {
		case 'apply':
			return plan;
		case 'upToDate':
			return null;
		case 'newer':
			throw new StartRefusal(
				'databaseNewer',
				`The data in ${client.name} was last used by a newer Homeroom (its version is ${plan.version}, this one knows ${plan.known}). Nothing was changed. Install the newest Homeroom, or start this one with another folder: --data FOLDER.`,
			);
		case 'other':
			throw new StartRefusal(
				'databaseOther',
				`The tables in ${client.name} were made by another build of Homeroom (${plan.tag} differs). Nothing was changed. Use the build that made them, or start this one with another folder: --data FOLDER.`,
			);
	}
}

/**
 * Carries `pending` out. A file that holds anything is copied first; after a throw the tables are those of before.
 *
 * @throws StartRefusal where the disk is full or a migration fails.
 */
export function migrate(client: Database.Database, pending: PendingMigrations, log: Logger): void {
	const { migrations, version, keepCopy } = pending;
	const file = client.name;
	try {
		if (keepCopy) log.info({ copy: snapshotDatabase(client, version) }, 'database copied before its migration');
		applyMigrations(client, migrations, version);
	} catch (error) {
		throw refusalOf(error, file);
	}
	log.info({ version, migrations: migrations.map(({ tag }) => tag) }, 'database migrated');
}

function refusalOf(error: unknown, file: string): StartRefusal {
	if (error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC')) {
		return new StartRefusal(
			'diskFull',
			`There is not enough free disk space to bring ${file} up to date. Nothing was changed. Free some space and start Homeroom again.`,
			error,
		);
	}
	const reason = error instanceof Error ? error.message : String(error);
	return new StartRefusal(
		'migrationFailed',
		`The data in ${file} could not be brought up to date (${reason}). Nothing was changed. Go on with the Homeroom you had, and report this.`,
		error,
	);
}
