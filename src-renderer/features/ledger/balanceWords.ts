import type { TFunction } from 'i18next';
import type { Balance } from '#contract/ledger.ts';
import type { Format } from '../../ui/format.ts';

const littleTokens = 200;
const littleShare = 0.1;

/** What has not been used yet. What is set aside for running work is among it: most of that comes back. */
export function leftOf({ available, reserved }: Pick<Balance, 'available' | 'reserved'>): number {
	return available + reserved;
}

/** Tells whether a balance is nearly used up: under 200 tokens, or under a tenth of what it is filled up to. */
export function isLow(balance: Pick<Balance, 'isMetered' | 'available' | 'reserved' | 'allowance'>): boolean {
	if (!balance.isMetered) return false;
	const left = leftOf(balance);
	return left < littleTokens || left < (balance.allowance?.tokens ?? 0) * littleShare;
}

/** What is left, in few figures where they would be many: `1,000`, `1.2M`; null where nothing is measured. */
export function shortLeft(balance: Pick<Balance, 'isMetered' | 'available' | 'reserved'>, format: Pick<Format, 'number' | 'count'>): string | null {
	if (!balance.isMetered) return null;
	const left = leftOf(balance);
	return left < 100_000 ? format.number(left) : format.count(left);
}

/** All that there is to say of a balance beside what is left, a line each. */
export function balanceLines(balance: Balance, t: TFunction<'ledger'>, format: Pick<Format, 'number' | 'date'>): string[] {
	const { isMetered, reserved, usedThisMonth, allowance, nextFillAt } = balance;
	return [
		reserved > 0 ? t('balance.reserved', { tokens: format.number(reserved) }) : '',
		t('balance.used', { tokens: format.number(usedThisMonth) }),
		isMetered && allowance && nextFillAt !== null ? t('balance.fills', { tokens: format.number(allowance.tokens), date: format.date(nextFillAt) }) : '',
		!isMetered ? t('balance.unmetered') : '',
	].filter(Boolean);
}
