import { type SQL, sql } from 'drizzle-orm';

/** Whose rows may be, where they are looked up by their ids: the sign keeps SQLite from going through all that an owner has instead. */
export function reachedById(owner: SQL): SQL {
	return sql`+${owner}`;
}
