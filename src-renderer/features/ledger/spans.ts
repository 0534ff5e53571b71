/** A stretch of time to look at, by its name or, with `custom`, by its first and last day. */
export interface SpanChoice {
	name: SpanName;
	/** Such as `2026-11-21`; empty: no bound. Both count for `custom` alone. */
	first: string;
	last: string;
}
export type SpanName = 'last7' | 'last30' | 'thisMonth' | 'lastMonth' | 'all' | 'custom';

/** From an instant up to but without another; null: no bound. */
export interface Span {
	from: number | null;
	until: number | null;
}

/** The instants of a choice in the reader's own days; `now` is where it stands in time. `wrong`: the first day is after the last. */
export function spanOf({ name, first, last }: SpanChoice, now: number): Span | 'wrong' {
	const today = new Date(now);
	const day = (back: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
	const month = (back: number) => new Date(today.getFullYear(), today.getMonth() - back, 1).getTime();
	switch (name) {
		case 'last7':
			return { from: day(6), until: day(-1) };
		case 'last30':
			return { from: day(29), until: day(-1) };
		case 'thisMonth':
			return { from: month(0), until: month(-1) };
		case 'lastMonth':
			return { from: month(1), until: month(0) };
		case 'all':
			return { from: null, until: null };
		case 'custom': {
			const from = first === '' ? null : startOf(first);
			const until = last === '' ? null : startOf(last, 1);
			return from !== null && until !== null && from >= until ? 'wrong' : { from, until };
		}
	}
}

/** The begin of a day such as `2026-11-21`, or of one so many days later. */
export function startOf(day: string, later = 0): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return new Date(year, month - 1, date + later).getTime();
}

/** The day of an instant, such as `2026-11-21`. */
export function dayOf(at: number): string {
	const date = new Date(at);
	return [String(date.getFullYear()).padStart(4, '0'), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** A span with both bounds, for what needs them: from the begin of time, or until the end of the day that is now, as nothing is used later. */
export function wholeSpan({ from, until }: Span): { from: number; until: number } {
	return { from: from ?? 0, until: until ?? startOf(dayOf(Date.now()), 1) };
}
