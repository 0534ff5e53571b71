import type { Use } from '#contract/ledger.ts';
import { dayOf, startOf } from './spans.ts';

/** What use is summed up by. */
export type Grouping = 'person' | 'model' | 'task';

/** What was used by one person, with one model, or for one task. `key` is empty for what has no name any more. */
export interface UseGroup {
	key: string;
	tokens: number;
	promptTokens: number;
	completionTokens: number;
	requests: number;
}

/** Sums use up, the most used first. */
export function groupUse(uses: readonly Use[], by: Grouping): UseGroup[] {
	const groups = new Map<string, UseGroup>();
	for (const use of uses) {
		const key = keyOf(use, by);
		const sum = groups.get(key) ?? { key, tokens: 0, promptTokens: 0, completionTokens: 0, requests: 0 };
		groups.set(key, {
			key,
			tokens: sum.tokens + use.tokens,
			promptTokens: sum.promptTokens + use.promptTokens,
			completionTokens: sum.completionTokens + use.completionTokens,
			requests: sum.requests + use.requests,
		});
	}
	return [...groups.values()].sort((a, b) => b.tokens - a.tokens || b.requests - a.requests || (a.key < b.key ? -1 : 1));
}

/** What a piece of use belongs to. */
export function keyOf(use: Use, by: Grouping): string {
	if (by === 'task') return use.task;
	return (by === 'person' ? use.accountId : use.modelId) ?? '';
}

/** The names of the models that were used, by their ids, as they were called last. */
export function modelNamesOf(uses: readonly Use[]): Map<string, string> {
	const newest = new Map<string, Use>();
	for (const use of uses) if (use.modelId !== null && use.modelName !== null && use.day >= (newest.get(use.modelId)?.day ?? '')) newest.set(use.modelId, use);
	return new Map([...newest].map(([id, { modelName }]) => [id, modelName ?? '']));
}

/** The columns of a drawing over time: days such as `2026-11-21`, or where these are too many to draw, months such as `2026-11`. */
export interface Buckets {
	unit: 'day' | 'month';
	names: readonly string[];
}

/** So many days are drawn each by itself. */
const mostDays = 92;

/** Every day or month from `from` until before `until`, also those in which nothing was used. */
export function bucketsOf(from: number, until: number): Buckets {
	const names: string[] = [];
	const first = dayOf(from);
	for (let later = 0; later <= mostDays; later++) {
		const at = startOf(first, later);
		if (at >= until) return { unit: 'day', names };
		names.push(dayOf(at));
	}
	return { unit: 'month', names: monthsOf(new Date(from), until) };
}

function monthsOf(first: Date, until: number): string[] {
	const names: string[] = [];
	for (let later = 0; ; later++) {
		const at = new Date(first.getFullYear(), first.getMonth() + later, 1).getTime();
		if (at >= until) return names;
		names.push(dayOf(at).slice(0, 'yyyy-mm'.length));
	}
}

/** The tokens of one group in each bucket; `key` null: all that have no colour of their own. */
export interface UseSeries {
	key: string | null;
	tokens: number[];
}

/** What each of the `most` largest groups used in each bucket, and all others together. */
export function seriesOf(uses: readonly Use[], by: Grouping, { unit, names }: Buckets, most: number): UseSeries[] {
	const largest = groupUse(uses, by).map(({ key }) => key);
	// One more needs no more room than "all others" does.
	const own = largest.length <= most + 1 ? largest : largest.slice(0, most);
	const places = new Map(names.map((name, index) => [name, index]));
	const series = new Map<string | null, number[]>([...own, ...(own.length < largest.length ? [null] : [])].map((key) => [key, names.map(() => 0)]));
	for (const use of uses) {
		const key = keyOf(use, by);
		const tokens = series.get(series.has(key) ? key : null);
		const place = places.get(unit === 'day' ? use.day : use.day.slice(0, 'yyyy-mm'.length));
		if (tokens && place !== undefined) tokens[place] = (tokens[place] ?? 0) + use.tokens;
	}
	return [...series].map(([key, tokens]) => ({ key, tokens }));
}

/** From the first use to the last, for a span without bounds; today alone where nothing was used. */
export function daysUsed(uses: readonly Use[], now: number): { from: number; until: number } {
	const days = uses.map(({ day }) => day).sort();
	const last = days.at(-1);
	return { from: startOf(days[0] ?? dayOf(now)), until: startOf(last !== undefined && last > dayOf(now) ? last : dayOf(now), 1) };
}
