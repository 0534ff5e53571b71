import { isNotNull, or } from 'drizzle-orm';
import type { Db } from '../../platform/database/openDatabase.ts';
import { account } from './schema.ts';

/** Whether somebody has used this database since there are accounts in it: what began with the first of them must be there. */
export function wasUsed(db: Db): boolean {
	const seen = or(isNotNull(account.lastSeenAt), isNotNull(account.passwordHash));
	return db.select({ id: account.id }).from(account).where(seen).limit(1).get() !== undefined;
}
