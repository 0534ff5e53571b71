import type { RepeatCharge } from '#contract/engine.ts';
import { failure } from '#contract/errors.ts';
import type { Price, Task } from '#contract/ledger.ts';
import { priceOf } from '#contract/priceOf.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { type Books, issue, move, purseOf, type Written } from './books.ts';
import type { Holders } from './holders.ts';
import type { Prices } from './prices.ts';
import type { hold } from './schema.ts';

/** What is asked to be set aside. */
export interface ReserveOrder {
	/** The id of the hold: a repetition with the same one and the same order changes nothing. */
	requestId: string;
	accountId: string;
	task: Task;
	modelId: string | null;
	modelName: string | null;
	/** The feature's row that the work is done for. */
	subjectId: string | null;
	tokens: number;
	/** Takes what there is, as long as it is so many; left out: all of `tokens` or nothing. */
	atLeast?: number;
}

/** What a model took in and wrote. */
export interface TokenUse {
	promptTokens: number;
	completionTokens: number;
	/** Where the answer was given before: with `surcharge` that alone is charged, where no tokens are named. */
	repeat?: RepeatCharge | undefined;
	/** Of work that is not done yet: its tokens are charged without the surcharge, which is taken once, with the charge of what is done. */
	isPart?: boolean;
}

/** What a reservation set aside, and the price by which all of it will be charged. */
export interface Reservation {
	tokens: number;
	price: Price;
}

/** A reservation as it stands. */
export interface Hold {
	id: string;
	holderId: string;
	task: Task;
	price: Price;
	/** Charged so far. */
	charged: number;
	/** Neither charged nor gone back yet. */
	left: number;
	isOpen: boolean;
}

/** What came of a hold. */
export interface Settlement {
	charged: number;
	released: number;
}

type Row = Omit<typeof hold.$inferSelect, 'modelName' | 'openedAt'>;
type Sums = Pick<Row, 'charged' | 'released' | 'charges' | 'promptTokens' | 'completionTokens' | 'repeats' | 'closedAt'>;

const columns = `id, holder_id holderId, task, model_id modelId, subject_id subjectId, price_id priceId, source, asked, asked_at_least askedAtLeast,
	reserved, charged, released, charges, prompt_tokens promptTokens, completion_tokens completionTokens, repeats, closed_at closedAt`;

/**
 * Tokens set aside for work before it begins, charged as it gets on, and given back where they were not used.
 *
 * A hold's charges and what goes back are together what was set aside, no more and no less. It ends once; whoever comes later is told
 * what came of it. Call everything inside a transaction.
 */
export class Holds {
	readonly #books: Books;
	readonly #holders: Holders;
	readonly #prices: Prices;
	readonly #now: () => number;
	readonly #find;
	readonly #open;
	readonly #add;
	readonly #grow;
	readonly #set;

	constructor(client: Db['$client'], options: { books: Books; holders: Holders; prices: Prices; now: () => number }) {
		this.#books = options.books;
		this.#holders = options.holders;
		this.#prices = options.prices;
		this.#now = options.now;
		this.#find = client.prepare<[string], Row>(`select ${columns} from hold where id = ?`);
		this.#open = client.prepare<[], Row>(`select ${columns} from hold where closed_at is null order by opened_at`);
		this.#add = client.prepare<(string | number | null)[]>(
			`insert into hold (id, holder_id, task, model_id, model_name, subject_id, price_id, source, asked, asked_at_least, reserved, opened_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		);
		this.#grow = client.prepare<[number, string]>('update hold set reserved = reserved + ? where id = ?');
		this.#set = client.prepare<(string | number | null)[]>(
			'update hold set charged = ?, released = ?, charges = ?, prompt_tokens = ?, completion_tokens = ?, repeats = ?, closed_at = ? where id = ?',
		);
	}

	find(holdId: string): Hold | null {
		const row = this.#find.get(holdId);
		return row ? this.#toHold(row) : null;
	}

	/** All that have not ended, oldest first. */
	open(): Hold[] {
		return this.#open.all().map((row) => this.#toHold(row));
	}

	/** Sets tokens aside. Throws INSUFFICIENT_TOKENS, and IDEMPOTENCY_MISMATCH where the id stands for another order. */
	reserve(order: ReserveOrder): Reservation {
		const { requestId, accountId, task, modelId, modelName, subjectId, tokens, atLeast = tokens } = order;
		if (!isAmount(tokens) || !isAmount(atLeast) || atLeast > tokens) throw new RangeError(`tokens must be 0 or more and at least ${atLeast}, not ${tokens}`);
		const before = this.#find.get(requestId);
		if (before) return this.#repeat(before, { ...order, atLeast });
		const available = this.#holders.touchSpendable(accountId);
		const taken = Math.min(tokens, available);
		if (taken < atLeast) throw failure('INSUFFICIENT_TOKENS', { needed: atLeast, available });
		const price = this.#prices.of(task);
		const source = available === Number.POSITIVE_INFINITY ? 'issue' : 'available';
		const at = this.#now();
		this.#add.run(requestId, accountId, task, modelId, modelName, subjectId, price.id, source, tokens, atLeast, taken, at);
		this.#setAside({ id: requestId, holderId: accountId, source }, `reserve:${requestId}`, taken);
		return { tokens: taken, price };
	}

	/**
	 * Adds tokens to an open hold, from where its first ones came. Throws INSUFFICIENT_TOKENS, also where that is the issue and the account
	 * is metered now, and IDEMPOTENCY_MISMATCH.
	 */
	grow(holdId: string, growId: string, tokens: number): void {
		if (!isAmount(tokens)) throw new RangeError(`tokens must be 0 or more, not ${tokens}`);
		const requestKey = `grow:${holdId}/${growId}`;
		const before = this.#books.find(requestKey);
		if (before) {
			refuseOther(before.tokens === tokens, growId);
			return;
		}
		const row = this.#openRow(holdId);
		const { isMetered, available } = this.#holders.touch(row.holderId);
		const isRefused = row.source === 'available' ? available < tokens : isMetered;
		if (isRefused) throw failure('INSUFFICIENT_TOKENS', { needed: tokens, available });
		this.#grow.run(tokens, holdId);
		this.#setAside(row, requestKey, tokens);
	}

	/** Charges what a model used to an open hold, by the hold's price; a usage of nothing costs nothing and is no charge. */
	charge(holdId: string, chargeId: string, usage: TokenUse): number {
		const before = this.#books.find(chargeKey(holdId, chargeId));
		if (before) {
			refuseOther(isSameUse(before, usage), chargeId);
			return before.tokens;
		}
		const row = this.#openRow(holdId);
		const charged = this.#charge(row, chargeId, usage);
		this.#change(row, charged);
		return charged.charged - row.charged;
	}

	/** Ends a hold with one last charge (null: with none); the rest goes back. One that has ended stays as it did. */
	settle(holdId: string, usage: TokenUse | null): Settlement {
		const row = this.#row(holdId);
		if (row.closedAt !== null) return this.#ended(row, usage);
		const sums = usage ? this.#charge(row, lastCharge, usage) : row;
		const rest = row.reserved - sums.charged - row.released;
		const { holderId } = row;
		if (rest > 0)
			this.#books.write(
				{ requestKey: `release:${holdId}`, kind: 'release', holderId, holdId, tokens: rest, at: this.#now() },
				move(rest, purseOf('reserved', holderId), sourceOf(row)),
			);
		const released = row.released + rest;
		this.#change(row, { ...sums, released, closedAt: this.#now() });
		return { charged: sums.charged, released };
	}

	#repeat(before: Row, order: ReserveOrder & { atLeast: number }): Reservation {
		const { accountId, task, modelId, subjectId, tokens, atLeast } = order;
		const isSame =
			before.holderId === accountId &&
			before.task === task &&
			before.modelId === modelId &&
			before.subjectId === subjectId &&
			before.asked === tokens &&
			before.askedAtLeast === atLeast;
		refuseOther(isSame, before.id);
		return { tokens: this.#books.find(`reserve:${before.id}`)?.tokens ?? 0, price: this.#prices.byId(before.priceId) };
	}

	#setAside(row: Pick<Row, 'id' | 'holderId' | 'source'>, requestKey: string, tokens: number): void {
		const { id: holdId, holderId } = row;
		const legs = move(tokens, sourceOf(row), purseOf('reserved', holderId));
		this.#books.write({ requestKey, kind: 'reserve', holderId, holdId, tokens, at: this.#now() }, legs);
	}

	/** Writes a charge into the books, and tells the sums that the hold then has. */
	#charge(row: Row, chargeId: string, { promptTokens, completionTokens, repeat, isPart = false }: TokenUse): Sums {
		const used = promptTokens + completionTokens;
		const price = this.#prices.byId(row.priceId);
		const surcharge = isPart ? 0 : price.surcharge;
		const tokens = used === 0 && repeat === 'surcharge' ? surcharge : priceOf({ ...price, surcharge }, used);
		const repeats = row.repeats + (repeat === undefined ? 0 : 1);
		if (used === 0 && tokens === 0) return { ...row, repeats };
		const left = row.reserved - row.charged - row.released;
		// The engine stops at what its budget pays for, so this is a bug of who set the budget.
		if (tokens > left) throw new Error(`a charge of ${tokens} is more than the ${left} tokens left of the hold ${row.id}`);
		const { id, holderId, priceId } = row;
		this.#books.write(
			{ requestKey: chargeKey(id, chargeId), kind: 'charge', holderId, holdId: id, priceId, tokens, promptTokens, completionTokens, at: this.#now() },
			move(tokens, purseOf('reserved', holderId), purseOf('spent', holderId)),
		);
		return {
			...row,
			charged: row.charged + tokens,
			charges: row.charges + 1,
			promptTokens: row.promptTokens + promptTokens,
			completionTokens: row.completionTokens + completionTokens,
			repeats,
		};
	}

	#change({ id }: Row, { charged, released, charges, promptTokens, completionTokens, repeats, closedAt }: Sums): void {
		this.#set.run(charged, released, charges, promptTokens, completionTokens, repeats, closedAt, id);
	}

	#ended(row: Row, usage: TokenUse | null): Settlement {
		const last = usage && this.#books.find(chargeKey(row.id, lastCharge));
		if (last) refuseOther(isSameUse(last, usage), row.id);
		return { charged: row.charged, released: row.released };
	}

	#openRow(holdId: string): Row {
		const row = this.#row(holdId);
		if (row.closedAt !== null) throw new Error(`the hold ${holdId} has ended`);
		return row;
	}

	#toHold({ id, holderId, task, priceId, reserved, charged, released, closedAt }: Row): Hold {
		return { id, holderId, task, price: this.#prices.byId(priceId), charged, left: reserved - charged - released, isOpen: closedAt === null };
	}

	#row(holdId: string): Row {
		const row = this.#find.get(holdId);
		if (!row) throw new Error(`there is no hold ${holdId}`);
		return row;
	}
}

/** The charge that a settlement makes. */
const lastCharge = 'last';

/** The purse that a hold's tokens come from, and go back to. */
function sourceOf({ source, holderId }: Pick<Row, 'source' | 'holderId'>): string {
	return source === 'issue' ? issue : purseOf('available', holderId);
}

function chargeKey(holdId: string, chargeId: string): string {
	return `charge:${holdId}/${chargeId}`;
}

function isSameUse(before: Written, usage: TokenUse): boolean {
	return before.promptTokens === usage.promptTokens && before.completionTokens === usage.completionTokens;
}

function isAmount(tokens: number): boolean {
	return Number.isSafeInteger(tokens) && tokens >= 0;
}

function refuseOther(isSame: boolean, requestId: string): void {
	if (!isSame) throw failure('IDEMPOTENCY_MISMATCH', { requestId });
}
