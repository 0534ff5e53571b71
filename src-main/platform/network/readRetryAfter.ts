const longestWaitMs = 24 * 60 * 60_000;

/** Milliseconds that a `Retry-After` asks for, a day at most: seconds or a date (RFC 9110, 10.2.3); 0 where it says nothing. */
export function readRetryAfter(value: string | undefined, now: number): number {
	if (value === undefined) return 0;
	const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
	return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestWaitMs) : 0;
}
