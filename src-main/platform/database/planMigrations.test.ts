import { expect, test } from 'vitest';
import { type AppliedMigrations, type MigrationPlan, planMigrations } from './planMigrations.ts';
import type { Migration } from './readMigrations.ts';

const migration = (name: string): Migration => ({ tag: name, hash: `hash of ${name}`, statements: [] });
const [first, second] = [migration('first'), migration('second')];

test.each<[string, AppliedMigrations, MigrationPlan]>([
	[
		'applies all to an empty file, which needs no copy',
		{ version: 0, hashes: [], hasTables: false },
		{ kind: 'apply', migrations: [first, second], version: 2, keepCopy: false },
	],
	[
		'applies what is new and keeps a copy of what was there',
		{ version: 1, hashes: [first.hash], hasTables: true },
		{ kind: 'apply', migrations: [second], version: 2, keepCopy: true },
	],
	['leaves a file that is up to date', { version: 2, hashes: [first.hash, second.hash], hasTables: true }, { kind: 'upToDate' }],
	['does not know a newer one', { version: 3, hashes: [first.hash, second.hash, 'x'], hasTables: true }, { kind: 'newer', version: 3, known: 2 }],
	['does not know another history', { version: 1, hashes: ['x'], hasTables: true }, { kind: 'other', tag: 'first' }],
	['does not know a history that was not recorded', { version: 1, hashes: [], hasTables: true }, { kind: 'other', tag: 'first' }],
])('%s', (_, applied, plan) => {
	expect(planMigrations([first, second], applied)).toEqual(plan);
});
