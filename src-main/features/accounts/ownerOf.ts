import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/database/openDatabase.ts';
import { account } from './schema.ts';

/** The machine's owner, for whom is done what nobody who is signed in asks for: the first administrator that is not switched off; null: nobody yet. */
export function ownerOf(db: Db): string | null {
	const isOwner = and(eq(account.role, 'admin'), isNull(account.disabledAt));
	const found = db.select({ id: account.id }).from(account).where(isOwner).orderBy(asc(account.createdAt), asc(account.nameKey)).limit(1).get();
	return found?.id ?? null;
}
