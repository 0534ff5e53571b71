import type { Counted, CountedBy, History, MonitorGroup, MonitorSpan } from '#contract/monitor.ts';
import { type FigureStore, resolutions } from './FigureStore.ts';
import { Figures } from './Figures.ts';
import type { MachineSamples } from './MachineSamples.ts';
import type { Resolution } from './schema.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * What a span is drawn in: how long it is, in which steps, from which rows; and from which, coarser ones what is told apart is summed up, so that
 * there are never many to read. Those begin with the hour or day in which the span does.
 */
const spans: Readonly<Record<MonitorSpan, { lengthMs: number; stepMs: number; drawn: Resolution; grouped: Resolution }>> = {
	hour: { lengthMs: hourMs, stepMs: 60_000, drawn: 'minute', grouped: 'minute' },
	day: { lengthMs: dayMs, stepMs: 15 * 60_000, drawn: 'minute', grouped: 'hour' },
	month: { lengthMs: 31 * dayMs, stepMs: 6 * hourMs, drawn: 'hour', grouped: 'day' },
	year: { lengthMs: 364 * dayMs, stepMs: 7 * dayMs, drawn: 'day', grouped: 'day' },
};

export interface HistoryOrder {
	counted: Counted;
	span: MonitorSpan;
	/** Null: of all. */
	of: { by: CountedBy; key: string } | null;
}

/** What came in the span that ends now, and how the machine was: in steps, and told apart by all there is to tell apart by. */
export function readHistory(
	{ figures, samples, nameOf }: { figures: FigureStore; samples: MachineSamples; nameOf: (by: CountedBy, key: string) => string | null },
	{ counted, span, of }: HistoryOrder,
	now: number,
): History {
	const { lengthMs, stepMs, drawn, grouped } = spans[span];
	const rowMs = resolutions[drawn].stepMs;
	// The last step is the one that now is in; it ends with its last row, so that no step is drawn that has not begun.
	const until = (Math.floor(now / rowMs) + 1) * rowMs;
	const from = until - lengthMs;
	const total = new Figures();
	const points = Array.from({ length: lengthMs / stepMs }, (_, at) => ({ at: from + at * stepMs, figures: new Figures() }));
	for (const { row, figures: each } of figures.read(drawn, from, { counted, ...(of ?? { by: 'all', key: '' }) })) {
		total.merge(each);
		points[Math.floor((row.at - from) / stepMs)]?.figures.merge(each);
	}
	const groupMs = resolutions[grouped].stepMs;
	const groups = new Map<CountedBy, Map<string, Figures>>();
	for (const { row, figures: each } of figures.read(grouped, Math.floor(from / groupMs) * groupMs, { counted })) {
		if (row.by === 'all') continue;
		const byKey = groups.get(row.by) ?? new Map<string, Figures>();
		const group = byKey.get(row.key) ?? new Figures();
		group.merge(each);
		groups.set(row.by, byKey.set(row.key, group));
	}
	// Programs ask models by their names.
	const nameIn = (by: CountedBy, key: string) => (counted === 'requests' && by === 'model' ? key : nameOf(by, key));
	const groupsOf = (by: CountedBy): MonitorGroup[] =>
		[...(groups.get(by) ?? [])].map(([key, each]) => ({ key, name: key === '' ? null : nameIn(by, key), ...each.summary() })).sort((a, b) => b.count - a.count);
	return {
		...{ from, until, stepMs, total: total.summary() },
		points: points.map(({ at, figures: each }) => ({ at, ...each.summary() })),
		machine: samples.read(drawn, from, stepMs),
		groups: {
			model: groupsOf('model'),
			account: groupsOf('account'),
			key: groupsOf('key'),
			task: groupsOf('task'),
			code: groupsOf('code'),
			route: groupsOf('route'),
		},
	};
}
