import { startOf } from './spans.ts';

/** A day such as `2026-11-21` or a month such as `2026-11` as it stands under a column: `Nov 21`, `Nov 2026`. */
export function formatBucket(name: string, language: string): string {
	const isDay = name.length > 'yyyy-mm'.length;
	return new Intl.DateTimeFormat(language, isDay ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' }).format(
		startOf(isDay ? name : `${name}-01`),
	);
}
