import type Database from 'better-sqlite3';

/**
 * Whose the rows of a table are. `owner`: the account that `column` names; `child`: those of the row of `parent` that `column` names.
 */
export type Ownership = { kind: 'owner'; column: string } | { kind: 'child'; column: string; parent: string };

/** Columns that say whose a row is. A setting's `scope` is an account or the machine. */
const ownerColumns = ['owner_id', 'account_id', 'scope'];

/**
 * Tables that name an account and yet are nobody's own: the log of what was done is the administrators'. The tables of the ledger name
 * accounts as `holder_id`: their rows outlive the account, and the ledger alone reads them.
 */
const nobodysOwn = ['audit_entry'];

/**
 * Reads from the tables themselves whose the rows of each are: a new table with an owner's column, or one whose rows refer to such a
 * table and go with it, is among them from its first day. Tables that belong to nobody are left out.
 */
export function readOwnership(client: Database.Database): Map<string, Ownership> {
	const tables = client.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").pluck().all().map(String);
	const found = new Map<string, Ownership>();
	for (const table of tables) {
		const columns = client.prepare('select name from pragma_table_info(?)').pluck().all(table).map(String);
		const column = ownerColumns.find((name) => columns.includes(name));
		if (column !== undefined && !nobodysOwn.includes(table)) found.set(table, { kind: 'owner', column });
	}
	// A child may itself have children.
	for (let count = -1; count !== found.size; ) {
		count = found.size;
		for (const table of tables) {
			if (found.has(table)) continue;
			const parents = client.prepare('select "table" parent, "from" "column" from pragma_foreign_key_list(?) where on_delete = \'CASCADE\'').all(table);
			// What the statement above names.
			const known = (parents as { parent: string; column: string }[]).filter(({ parent }) => parent !== table && found.has(parent));
			// Of several parents one that says itself whose it is: its children are reached through it.
			const child = known.find(({ parent }) => found.get(parent)?.kind === 'owner') ?? known[0];
			if (child) found.set(table, { kind: 'child', ...child });
		}
	}
	return found;
}
