/** The first and last day of a span, such as `2026-11-21`; empty: no bound. */
export interface DaySpan {
	first: string;
	last: string;
}

/** From the begin of the first day up to but without the day after the last, in the reader's own time; null: the first is after the last. */
export function spanOfDays({ first, last }: DaySpan): { from: number | null; until: number | null } | null {
	const from = first === '' ? null : beginOf(first, 0);
	const until = last === '' ? null : beginOf(last, 1);
	return from !== null && until !== null && from >= until ? null : { from, until };
}

function beginOf(day: string, later: number): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return new Date(year, month - 1, date + later).getTime();
}
