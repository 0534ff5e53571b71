import type { Migration } from './readMigrations.ts';

/** What a database says of itself: its version, the hash of each migration it went through, and whether it holds any table. */
export interface AppliedMigrations {
	version: number;
	hashes: string[];
	hasTables: boolean;
}

export type MigrationPlan =
	| { kind: 'upToDate' }
	| { kind: 'apply'; migrations: Migration[]; version: number; keepCopy: boolean }
	| { kind: 'newer'; version: number; known: number }
	| { kind: 'other'; tag: string };

/** Decides what to do with a database that went through `applied`, by an app that knows `known`, oldest first. A version is a count of migrations. */
export function planMigrations(known: readonly Migration[], applied: AppliedMigrations): MigrationPlan {
	if (applied.version > known.length) return { kind: 'newer', version: applied.version, known: known.length };
	const other = known.slice(0, applied.version).find((migration, index) => migration.hash !== applied.hashes[index]);
	if (other) return { kind: 'other', tag: other.tag };
	const migrations = known.slice(applied.version);
	if (migrations.length === 0) return { kind: 'upToDate' };
	return { kind: 'apply', migrations, version: known.length, keepCopy: applied.hasTables };
}
