import { randomUUID } from 'node:crypto';
import { type Failure, isFailure } from '#contract/errors.ts';
import type { Ledger } from './ledger.ts';

export type Growth = { kind: 'grown'; tokens: number } | { kind: 'refused'; failure: Failure<'INSUFFICIENT_TOKENS'> };

/** Adds `most` tokens to an open hold, or what the balance has as long as that is `least`; with less it adds nothing. */
export function growHold(ledger: Ledger, holdId: string, { most, least }: { most: number; least: number }): Growth {
	if (most <= 0) return { kind: 'grown', tokens: 0 };
	try {
		ledger.grow(holdId, randomUUID(), most);
		return { kind: 'grown', tokens: most };
	} catch (error) {
		if (!isFailure(error, 'INSUFFICIENT_TOKENS')) throw error;
		const { available } = error.data;
		const isEnough = available > 0 && available < most && available >= least;
		return isEnough ? growHold(ledger, holdId, { most: available, least: available }) : { kind: 'refused', failure: error };
	}
}
