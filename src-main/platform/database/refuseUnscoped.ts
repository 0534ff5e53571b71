import type Database from 'better-sqlite3';
import { type Ownership, readOwnership } from './ownership.ts';
import { readScopes, type Scope } from './readScopes.ts';

/** Statements that passed; an app has some hundreds, but lists of any length make texts of their own. */
const keptStatements = 2000;
const toldSqlLength = 500;

/**
 * Refuses every SELECT, UPDATE and DELETE of this connection that reaches rows of accounts without saying whose, so that a check that
 * was forgotten fails at the first try instead of showing one's work to another.
 *
 * A table with an owner's column needs that column in the WHERE, held to a value, or declared to be every owner's (owned.ts has
 * both). A table of children needs its parent joined by the column that refers to it, or that column held to what a SELECT on the
 * parent gives; the parent is then held in its turn. What stands under OR or NOT, or in a join's ON, holds nothing.
 *
 * It keeps out what was forgotten, not what was written on purpose: the value itself is the caller's.
 */
export function refuseUnscoped(client: Database.Database): void {
	const ownership = readOwnership(client);
	const passed = new Set<string>();
	const prepare = client.prepare.bind(client);
	const guarded = (sql: string): Database.Statement => {
		if (!passed.has(sql)) {
			const unscoped = findUnscoped(sql, ownership);
			if (unscoped !== null) {
				throw new Error(
					`A statement reaches rows of "${unscoped}" without saying whose: put owned() or everyOwner() (src-main/platform/database/owned.ts) into its WHERE. ${sql.slice(0, toldSqlLength)}`,
				);
			}
			if (passed.size >= keptStatements) passed.clear();
			passed.add(sql);
		}
		return prepare(sql);
	};
	// `prepare` is generic in what the caller expects back; the statement itself is the one it would have got.
	client.prepare = guarded as typeof client.prepare;
}

/** The table that a statement reaches without saying whose rows; null where there is none. */
function findUnscoped(sql: string, ownership: ReadonlyMap<string, Ownership>): string | null {
	for (const scope of readScopes(sql)) {
		for (const { table, alias } of scope.tables) {
			const owned = ownership.get(table.toLowerCase());
			if (owned && !(owned.kind === 'owner' ? isHeld(scope, alias, owned.column) : isInParent(scope, alias, owned))) return table;
		}
	}
	return null;
}

function isHeld(scope: Scope, alias: string, column: string): boolean {
	return scope.held.some(({ at, to }) => isColumn(scope, at, alias, column) && to.kind !== 'rows');
}

function isInParent(scope: Scope, alias: string, { column, parent }: { column: string; parent: string }): boolean {
	const isIt = (at: { alias: string; column: string }) => isColumn(scope, at, alias, column);
	const isOfParent = (at: { alias: string }) => parentsAround(scope, parent).includes(at.alias);
	return (
		scope.held.some(({ at, to }) => isIt(at) && (to.kind === 'each' || (to.kind === 'rows' && to.of.tables.some(({ table }) => table === parent)))) ||
		scope.links.some(([one, other]) => (isIt(one) && isOfParent(other)) || (isIt(other) && isOfParent(one)))
	);
}

/** What the parent is called in this part of the statement and in those around it. */
function parentsAround(scope: Scope, parent: string): string[] {
	const names: string[] = [];
	for (let at: Scope | null = scope; at !== null; at = at.outer) names.push(...at.tables.filter(({ table }) => table === parent).map(({ alias }) => alias));
	return names;
}

/** A column without its table's name is that of the only table there is. */
function isColumn(scope: Scope, at: { alias: string; column: string }, alias: string, column: string): boolean {
	if (at.column !== column) return false;
	return at.alias === alias || (at.alias === '' && scope.tables.length === 1);
}
