import { and, eq, inArray, is, isNotNull, type SQL, sql } from 'drizzle-orm';
import { SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';

/** A table whose rows say whose they are. */
type OwnedTable = SQLiteTable & ({ ownerId: SQLiteColumn } | { accountId: SQLiteColumn } | { scope: SQLiteColumn });

/** A table of things, each under its id, that says whose they are. */
type ParentTable = OwnedTable & { id: SQLiteColumn };

/**
 * The rows of one owner, as the condition of a SELECT, UPDATE or DELETE, and of them those that fit `conditions`.
 *
 * Every row that has an owner is reached through this: a statement without it is refused when it is prepared (refuseUnscoped.ts).
 */
export function owned(table: OwnedTable, ownerId: string, ...conditions: (SQL | undefined)[]): SQL {
	return all(eq(ownerColumn(table), ownerId), conditions);
}

/** The same for the rows of several owners at once. */
export function ownedByAny(table: OwnedTable, ownerIds: readonly string[], ...conditions: (SQL | undefined)[]): SQL {
	return all(inArray(ownerColumn(table), [...ownerIds]), conditions);
}

/**
 * The children of one row of `parent`, if that is this owner's: `ownedIn(message.conversationId, conversation, ownerId, conversationId)`.
 * Of another's, or of one that is not there, there are none.
 */
export function ownedIn(column: SQLiteColumn, parent: ParentTable, ownerId: string, parentId: string, ...conditions: (SQL | undefined)[]): SQL {
	// One row by its key, so that SQLite goes on to the children by their index.
	const itsId = sql`(select ${parent.id} from ${parent} where ${parent.id} = ${parentId} and ${ownerColumn(parent)} = ${ownerId})`;
	return all(sql`${column} = ${itsId}`, conditions);
}

/**
 * Declares that a statement reaches the rows of every owner, on purpose: the app's own work, which answers nobody, such as taking up
 * after a crash, purging what was hidden long ago, or finding the session that a secret stands for. Say at its place which.
 *
 * @param of the table, or for a table of children its column that refers to the parent.
 */
export function everyOwner(of: OwnedTable | SQLiteColumn, ...conditions: (SQL | undefined)[]): SQL {
	return all(isNotNull(isColumn(of) ? of : ownerColumn(of)), conditions);
}

function ownerColumn(table: OwnedTable): SQLiteColumn {
	if ('ownerId' in table) return table.ownerId;
	return 'accountId' in table ? table.accountId : table.scope;
}

function isColumn(of: OwnedTable | SQLiteColumn): of is SQLiteColumn {
	return is(of, SQLiteColumn);
}

function all(first: SQL, conditions: (SQL | undefined)[]): SQL {
	// `and` gives nothing only where it is given nothing.
	return and(first, ...conditions) ?? first;
}
