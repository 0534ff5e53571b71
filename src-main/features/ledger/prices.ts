import { type Price, type Task, task as tasks } from '#contract/ledger.ts';
import type { Db } from '../../platform/database/openDatabase.ts';

/** What is set for a task. */
export type PriceOrder = Pick<Price, 'task' | 'perMille' | 'surcharge'>;

/**
 * The prices: only ever added to, the newest of a task is the one in force.
 *
 * They are few and each one stays what it is, so they are read once and kept until one is added.
 */
export class Prices {
	readonly #read;
	readonly #add;
	#known: Price[] | null = null;

	constructor(client: Db['$client']) {
		this.#read = client.prepare<[], Price>('select id, task, per_mille perMille, surcharge, since from price order by id desc');
		this.#add = client.prepare<[Task, number, number, number]>('insert into price (task, per_mille, surcharge, since) values (?, ?, ?, ?)');
	}

	/** Every price there ever was, newest first. */
	all(): Price[] {
		this.#known ??= this.#read.all();
		return this.#known;
	}

	/** The price in force. */
	of(task: Task): Price {
		return this.#find((price) => price.task === task);
	}

	/** A price that was in force once. */
	byId(priceId: number): Price {
		return this.#find(({ id }) => id === priceId);
	}

	/** The price in force of each task. */
	inForce(): Price[] {
		return tasks.options.map((name) => this.of(name));
	}

	/** Puts a price in force; one that is in force already is not added once more. Where its transaction is undone, `forget` it. */
	set({ task, perMille, surcharge }: PriceOrder, now: number): void {
		const before = this.of(task);
		if (before.perMille === perMille && before.surcharge === surcharge) return;
		this.#add.run(task, perMille, surcharge, now);
		this.forget();
	}

	/** Reads the prices anew when they are asked for next. */
	forget(): void {
		this.#known = null;
	}

	#find(isWanted: (price: Price) => boolean): Price {
		const found = this.all().find(isWanted);
		// The migration that made the table gave each task one, and none is ever deleted.
		if (!found) throw new Error('a price is missing');
		return found;
	}
}
