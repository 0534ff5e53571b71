import type { Db } from '../../platform/database/openDatabase.ts';
import type { transfer } from './schema.ts';

/** Where all tokens come from: the one purse without a holder. */
export const issue = 'issue';

export type PurseKind = 'available' | 'reserved' | 'spent';

/** The id of one of a holder's purses. */
export function purseOf(kind: PurseKind, holderId: string): string {
	return `${kind}:${holderId}`;
}

/** So many tokens into a purse, or with a minus out of it. */
export interface Leg {
	purseId: string;
	tokens: number;
}

type Row = typeof transfer.$inferSelect;
/** A transfer to be written. What is left out has none of it: a grant has no hold, and only a charge has a price and a usage. */
export type NewTransfer = Pick<Row, 'requestKey' | 'kind' | 'holderId' | 'tokens' | 'at'> &
	Partial<Pick<Row, 'holdId' | 'priceId' | 'promptTokens' | 'completionTokens'>>;
export type Written = Pick<Row, 'holderId' | 'tokens' | 'promptTokens' | 'completionTokens'>;

/**
 * The books: purses, and the transfers that move tokens between them.
 *
 * A transfer is written whole or, with whatever it throws, as a bug of its caller. No purse of a holder can go below 0: SQLite itself
 * refuses that (schema.ts). Call everything inside a transaction.
 */
export class Books {
	readonly #onWrite: (holderId: string) => void;
	readonly #open;
	readonly #balance;
	readonly #find;
	readonly #transfer;
	readonly #entries;

	/** `onWrite` is told whose tokens moved, while the transaction is still open. */
	constructor(client: Db['$client'], onWrite: (holderId: string) => void) {
		this.#onWrite = onWrite;
		this.#open = client.prepare<[string, string, string]>('insert into purse (id, kind, holder_id) values (?, ?, ?)');
		this.#balance = client.prepare<[string], { balance: number }>('select balance from purse where id = ?');
		this.#find = client.prepare<[string], Written>(
			'select holder_id holderId, tokens, prompt_tokens promptTokens, completion_tokens completionTokens from transfer where request_key = ?',
		);
		this.#transfer = client.prepare<(string | number | null)[]>(
			`insert into transfer (request_key, kind, holder_id, hold_id, price_id, tokens, prompt_tokens, completion_tokens, at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		);
		this.#entries = client.prepare<(string | number | bigint)[]>('insert into entry (transfer_id, purse_id, tokens) values (?, ?, ?), (?, ?, ?)');
	}

	/** Makes the purses of a holder, empty. */
	open(holderId: string): void {
		for (const kind of ['available', 'reserved', 'spent'] as const) this.#open.run(purseOf(kind, holderId), kind, holderId);
	}

	balance(purseId: string): number {
		return this.#balance.get(purseId)?.balance ?? 0;
	}

	/** The transfer that was written under this key; undefined where none was. */
	find(requestKey: string): Written | undefined {
		return this.#find.get(requestKey);
	}

	/** Writes a transfer with its two legs. A transfer of nothing has none. */
	write(transfer: NewTransfer, legs: readonly [Leg, Leg]): void {
		const { requestKey, kind, holderId, holdId = null, priceId = null, tokens, promptTokens = 0, completionTokens = 0, at } = transfer;
		const [from, to] = legs;
		// Kept on wherever it runs: a book that does not balance must not be written at all.
		if (from.tokens + to.tokens !== 0 || !Number.isSafeInteger(to.tokens) || Math.abs(tokens) !== Math.abs(to.tokens))
			throw new Error(`the transfer ${requestKey} of ${tokens} does not balance: ${from.tokens} and ${to.tokens}`);
		const { lastInsertRowid } = this.#transfer.run(requestKey, kind, holderId, holdId, priceId, tokens, promptTokens, completionTokens, at);
		if (tokens !== 0) this.#entries.run(lastInsertRowid, from.purseId, from.tokens, lastInsertRowid, to.purseId, to.tokens);
		this.#onWrite(holderId);
	}
}

/** The legs of so many tokens from one purse to another; of fewer than 0, the other way. */
export function move(tokens: number, from: string, to: string): [Leg, Leg] {
	return [
		{ purseId: from, tokens: -tokens },
		{ purseId: to, tokens },
	];
}
