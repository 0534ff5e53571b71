import type { Allowance, Balance } from '#contract/ledger.ts';

/** How an account is metered, and what is given to it now, as it is typed. */
export interface MeterFields {
	isMetered: boolean;
	/** `none`: nothing fills it up by itself. */
	period: Allowance['period'] | 'none';
	allowance: string;
	/** Tokens to add, or with a minus to take away; empty: neither. */
	given: string;
}

/** What the fields order; null where one of them is wrong. */
export interface MeterOrder {
	meter: { isMetered: boolean; allowance: Allowance | null };
	/** 0: nothing is added or taken away. */
	given: number;
	/** About what the account then has: the app has the last word. */
	after: number;
}

// As in the contract.
const mostTokens = 1_000_000_000;

/** The fields of an account as it stands. */
export function fieldsOfMeter({ isMetered, allowance }: Pick<Balance, 'isMetered' | 'allowance'>): MeterFields {
	return { isMetered, period: allowance?.period ?? 'none', allowance: allowance === null ? '' : String(allowance.tokens), given: '' };
}

/** Reads what was typed against the account as it stands, and names the fields that are wrong. No more can be taken away than there is. */
export function readMeter(fields: MeterFields, balance: Balance): { order: MeterOrder | null; wrong: ('allowance' | 'given')[] } {
	const filled = readWhole(fields.allowance);
	const given = fields.given.trim() === '' ? 0 : readWhole(fields.given);
	const hasAllowance = fields.isMetered && fields.period !== 'none';
	const wrong: ('allowance' | 'given')[] = [];
	if (hasAllowance && (filled === null || filled < 0)) wrong.push('allowance');
	const allowance = hasAllowance && filled !== null && fields.period !== 'none' ? { tokens: filled, period: fields.period } : null;
	// An allowance begins with the present period: what it is more than before is there at once.
	const isNew = allowance !== null && (allowance.period !== balance.allowance?.period || allowance.tokens !== balance.allowance.tokens);
	const before = isNew ? Math.max(balance.available, allowance.tokens) : balance.available;
	const after = before + (given ?? 0);
	if (fields.isMetered && (given === null || after < 0)) wrong.push('given');
	if (wrong.length > 0 || given === null) return { order: null, wrong };
	return { order: { meter: { isMetered: fields.isMetered, allowance }, given: fields.isMetered ? given : 0, after }, wrong };
}

/** Tells whether an account is metered otherwise than it was. */
export function isOtherMeter({ meter: { isMetered, allowance } }: MeterOrder, balance: Balance): boolean {
	if (!isMetered || !balance.isMetered) return isMetered !== balance.isMetered;
	return allowance?.period !== balance.allowance?.period || allowance?.tokens !== balance.allowance?.tokens;
}

/** A whole number with thousands set apart or not, and either minus. */
function readWhole(typed: string): number | null {
	const text = typed
		.trim()
		.replace('−', '-')
		.replaceAll(/(?<=\d)[,\s\u00a0\u202f](?=\d{3})/g, '');
	if (!/^[+-]?\d{1,10}$/.test(text)) return null;
	const value = Number(text);
	return Math.abs(value) <= mostTokens ? value : null;
}
