import { ne } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import english from '../../../resources/locales/en/audit.json' with { type: 'json' };
import chinese from '../../../resources/locales/zh/audit.json' with { type: 'json' };
import type { Store } from '../../platform/database/openDatabase.ts';
import { accountKey } from './accountKey.ts';
import { lookOf } from './lookOf.ts';
import { account } from './schema.ts';

/** What the audit log writes for those who are no account. */
const taken = [english, chinese].flatMap(({ who }) => Object.values(who)).map(lookOf);

/**
 * The fields of a row that give an account its name; `accountId` is the account that may have it already, null for one to be made.
 *
 * Call it inside the transaction that writes them. Throws NAME_TAKEN where another account has the name, or one that looks like it, and for what the
 * audit log calls those who are no account.
 */
export function claimName(store: Store, accountId: string | null, name: string): { name: string; nameKey: string } {
	const nameKey = accountKey(name);
	const look = lookOf(name);
	const others = store
		.select({ name: account.name })
		.from(account)
		.where(accountId === null ? undefined : ne(account.id, accountId))
		.all();
	if (taken.includes(look) || others.some((other) => lookOf(other.name) === look)) throw failure('NAME_TAKEN', { name });
	return { name, nameKey };
}
