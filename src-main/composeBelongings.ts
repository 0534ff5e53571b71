import type { Accounts } from './features/accounts/accounts.ts';
import type { Belongings } from './features/accounts/handlers.ts';
import type { Ledger } from './features/ledger/ledger.ts';
import { machineScope } from './features/settings/settings.ts';
import { type Db, immediate, type Tx } from './platform/database/openDatabase.ts';
import { readOwnership } from './platform/database/ownership.ts';
import type { AuditRecord } from './platform/rpc/guard.ts';
import { streamJson } from './streamJson.ts';

/** What one feature keeps for accounts. */
export interface Keeper {
	/** All of it that is the account's, as plain data; what may be long as an iterator, to be read when it is written. */
	exportOf(accountId: string): unknown;
	removeAllOf(accountId: string, tx: Tx): void;
}

/** The version of the file that an account takes away. */
const exportVersion = 1;

/**
 * Puts together what the features keep for one account, to be taken away and to be deleted.
 *
 * A removal shuts the account out first, and says so in the audit log, then waits until nothing runs for it, then deletes all rows in
 * one transaction: whatever cuts it short, the account is whole or gone, nobody signs in to it, and the next start finishes it. What it
 * used stays in the ledger, and what it did in the audit log, by its id alone, which no name belongs to any more.
 *
 * @param stop ends what runs for an account, and resolves when nothing is written for it any more.
 */
export function composeBelongings(options: {
	db: Db;
	accounts: Accounts;
	ledger: Pick<Ledger, 'exportOf'>;
	/** What finds things by their words, which go with them. */
	search: Pick<Keeper, 'removeAllOf'>;
	keepers: {
		answersKept: Keeper;
		conversations: Keeper;
		gradings: Keeper;
		comments: Keeper;
		conversions: Keeper;
		subtitles: Keeper;
		datasets: Keeper;
		finetune: Keeper;
		jobs: Keeper;
		settings: Keeper;
	};
	stop(accountId: string): Promise<void>;
	/** Writes into the audit log. */
	record(entry: AuditRecord): void;
	now?: () => number;
}): Omit<Belongings, 'exportFiles'> & {
	/**
	 * Finishes the removals that were cut short, and deletes what something under way still wrote for an account in the moment of its
	 * removal. Once, at the start, before anything runs.
	 */
	recover(): void;
} {
	const { db, accounts, ledger, search, keepers, stop, record, now = Date.now } = options;
	const { people, keys } = accounts;
	return {
		*export(accountId) {
			const { id, name, role, createdAt, lastSeenAt } = people.get(accountId);
			const exportedAt = new Date(now()).toISOString();
			const own = {
				...{ homeroom: exportVersion, exportedAt, account: { id, name, role, createdAt, lastSeenAt } },
				...Object.fromEntries(Object.entries(keepers).map(([word, keeper]) => [word, keeper.exportOf(accountId)])),
				...{ statement: ledger.exportOf(accountId), keys: keys.list(accountId), sessions: accounts.sessions(accountId, null) },
			};
			const fileName = `Homeroom ${exportedAt.slice(0, 10)}.json`;
			for (const text of streamJson(own)) yield { fileName, text };
			yield { fileName, text: '\n' };
		},
		async remove(accountId, by) {
			immediate(db, () => {
				people.beginRemoval(accountId);
				record({ ...by, act: 'accounts.beginRemoval', subject: accountId, result: 'ok' });
			});
			await stop(accountId);
			finishRemoval(accountId);
		},
		recover() {
			for (const accountId of people.beingRemoved()) {
				finishRemoval(accountId);
				record({ accountId: null, act: 'accounts.remove', subject: accountId, origin: 'app', result: 'ok' });
			}
			for (const accountId of ownersIn(db)) if (people.find(accountId) === null) immediate(db, (tx) => removeAllOf(accountId, tx));
		},
	};

	function finishRemoval(accountId: string): void {
		immediate(db, (tx) => {
			removeAllOf(accountId, tx);
			people.remove(tx, accountId);
		});
	}

	function removeAllOf(accountId: string, tx: Tx): void {
		for (const keeper of Object.values(keepers)) keeper.removeAllOf(accountId, tx);
		search.removeAllOf(accountId, tx);
	}
}

/** Every account that some row is said to be of. */
function ownersIn(db: Db): Set<string> {
	const tables = [...readOwnership(db.$client)].flatMap(([table, ownership]) => (ownership.kind === 'owner' ? [{ table, column: ownership.column }] : []));
	const owners = tables.flatMap(({ table, column }) =>
		db.$client.prepare(`select distinct "${column}" from "${table}" where "${column}" is not null`).pluck().all(),
	);
	return new Set(owners.map(String).filter((owner) => owner !== machineScope));
}
