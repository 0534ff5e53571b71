import type { Allowance } from '#contract/ledger.ts';

/**
 * Allowances: an account is filled up to so many tokens at the begin of each local day, week (from Monday) or month.
 *
 * The grant of a period is its allowance less what is available and set aside of that then, and never takes anything away; what work
 * that is not metered has set aside was never the account's. It is given when the account is looked at or reserves for the first time in
 * the period, so a machine that was off gives the present period alone and makes up for none.
 *
 * Its key names the account, the kind of period and the local date at which it began, so none is ever granted twice: an allowance that is
 * taken away and given again brings nothing. Of each kind, a period is not granted while a later one is that is at most two periods
 * ahead: a clock that goes a little back, as clocks do, brings nothing either. What lies further ahead was granted by a clock that was
 * wrong, and does not keep the account from its periods until then.
 */
type Period = Allowance['period'];

/** The local midnight at which the period began that `at` lies in. */
export function periodBegin(period: Period, at: number): Date {
	const day = new Date(at);
	const daysBack = { day: 0, week: (day.getDay() + 6) % 7, month: day.getDate() - 1 }[period];
	return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysBack);
}

/** The local midnight of the last period that keeps the one that began at `begin` from being granted, where it was granted itself. */
export function lastBlocking(period: Period, begin: Date): Date {
	return nextBegin(period, nextBegin(period, begin));
}

/** The local midnight at which the period after the one that began at `begin` begins. */
export function nextBegin(period: Period, begin: Date): Date {
	const [months, days] = { day: [0, 1], week: [0, 7], month: [1, 0] }[period] as [number, number];
	return new Date(begin.getFullYear(), begin.getMonth() + months, begin.getDate() + days);
}

/** `2026-11-21`, in the machine's own time; such dates sort as they follow one another. */
export function localDate(date: Date): string {
	const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
	return `${String(date.getFullYear()).padStart(4, '0')}-${month}-${day}`;
}

/** What the keys of all grants of one account and kind of period begin with; the local date follows. */
export function allowanceKey(holderId: string, period: Period): string {
	return `allowance:${holderId}:${period}:`;
}

/** The tokens that fill an account up; `ownReserved` is what it has set aside of its own. */
export function fillOf({ tokens }: Allowance, { available, ownReserved }: { available: number; ownReserved: number }): number {
	return Math.max(0, tokens - available - ownReserved);
}
