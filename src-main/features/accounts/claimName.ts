import { and, eq, ne } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { accountKey } from './accountKey.ts';
import { account } from './schema.ts';

/**
 * The fields of a row that give an account its name; `accountId` is the account that may have it already, null for one to be made.
 *
 * Call it inside the transaction that writes them. Throws NAME_TAKEN where another account has the name.
 */
export function claimName(store: Store, accountId: string | null, name: string): { name: string; nameKey: string } {
	const nameKey = accountKey(name);
	const others = accountId === null ? eq(account.nameKey, nameKey) : and(eq(account.nameKey, nameKey), ne(account.id, accountId));
	if (store.select({ id: account.id }).from(account).where(others).get()) throw failure('NAME_TAKEN', { name });
	return { name, nameKey };
}
