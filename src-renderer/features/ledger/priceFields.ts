import type { Price } from '#contract/ledger.ts';
import type { Format } from '../../ui/format.ts';

/** What a price asks: so many thousandths for each token, and so many tokens for each request. */
export type PriceFigures = Pick<Price, 'perMille' | 'surcharge'>;

/** A price as it is typed. */
export interface PriceFields {
	factor: string;
	surcharge: string;
}

// As in the contract: what it takes at most.
const most = { perMille: 1_000_000, surcharge: 1_000_000 };

/** A price as its fields show it. */
export function fieldsOf({ perMille, surcharge }: PriceFigures): PriceFields {
	return { factor: String(perMille / 1000), surcharge: String(surcharge) };
}

/** Reads the fields of a price; null for what is none: a factor has at most three figures after the point or comma, a surcharge is whole. */
export function readPrice({ factor, surcharge }: PriceFields): { perMille: number | null; surcharge: number | null } {
	const times = /^\d{1,4}(?:[.,]\d{1,3})?$/.test(factor.trim()) ? Math.round(Number(factor.trim().replace(',', '.')) * 1000) : null;
	const plus = /^\d{1,7}$/.test(surcharge.trim()) ? Number(surcharge) : null;
	return { perMille: times !== null && times <= most.perMille ? times : null, surcharge: plus !== null && plus <= most.surcharge ? plus : null };
}

/** A price in one line, such as `× 1.2 + 5`. */
export function formatPrice({ perMille, surcharge }: PriceFigures, format: Pick<Format, 'number'>): string {
	const times = `× ${format.number(perMille / 1000, 3)}`;
	return surcharge === 0 ? times : `${times} + ${format.number(surcharge)}`;
}

/** The price in force for each task, from all there ever were. */
export function pricesInForce(prices: readonly Price[]): Price[] {
	const newest = new Map<Price['task'], Price>();
	for (const price of prices) if (price.id > (newest.get(price.task)?.id ?? 0)) newest.set(price.task, price);
	return [...newest.values()];
}
