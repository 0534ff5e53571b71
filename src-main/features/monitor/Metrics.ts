/** What a metric is told apart by: words of ours and names of models, never people. */
export type Labels = Readonly<Record<string, string>>;

/** Lines of one metric; further labels go together in `other`. */
const mostSeries = 300;

interface Metric {
	help: string;
	type: 'counter' | 'gauge' | 'histogram';
	/** Upper ends of the bins of a histogram. */
	bounds: readonly number[];
	series: Map<string, { labels: Labels; value: number; bins: number[]; count: number }>;
}

/** Seconds: of an answer on a slow machine, and of a request that is only looked up. */
const secondBounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600] as const;

/**
 * Counters, gauges and histograms since the start of the app, as the text that Prometheus reads (exposition format 0.0.4,
 * https://prometheus.io/docs/instrumenting/exposition_formats/). Names are in base units, with `_total` for counters.
 */
export class Metrics {
	readonly #metrics = new Map<string, Metric>();

	/** Adds to a counter. */
	add(name: string, help: string, labels: Labels, by = 1): void {
		this.#series(this.#metric(name, help, 'counter', []), labels).value += by;
	}

	/** Sets a gauge, or a counter that is counted elsewhere. */
	set(name: string, help: string, labels: Labels, value: number, type: 'gauge' | 'counter' = 'gauge'): void {
		this.#series(this.#metric(name, help, type, []), labels).value = value;
	}

	/** Forgets what a gauge was, where some of its series may be gone. */
	forget(name: string): void {
		this.#metrics.delete(name);
	}

	/** Counts a value into a histogram. */
	observe(name: string, help: string, labels: Labels, value: number, bounds: readonly number[] = secondBounds): void {
		const series = this.#series(this.#metric(name, help, 'histogram', bounds), labels);
		series.value += value;
		series.count += 1;
		const at = bounds.findIndex((bound) => value <= bound);
		if (at >= 0) series.bins[at] = (series.bins[at] ?? 0) + 1;
	}

	text(): string {
		return [...this.#metrics].map(([name, metric]) => `${write(name, metric)}\n`).join('');
	}

	#metric(name: string, help: string, type: Metric['type'], bounds: readonly number[]): Metric {
		const known = this.#metrics.get(name);
		if (known) return known;
		const metric: Metric = { help, type, bounds, series: new Map() };
		this.#metrics.set(name, metric);
		return metric;
	}

	#series({ series, bounds }: Metric, labels: Labels) {
		const id = JSON.stringify(labels);
		const known = series.get(id);
		if (known) return known;
		if (series.size >= mostSeries) labels = Object.fromEntries(Object.keys(labels).map((name) => [name, 'other']));
		const made = series.get(JSON.stringify(labels)) ?? { labels, value: 0, bins: bounds.map(() => 0), count: 0 };
		series.set(JSON.stringify(labels), made);
		return made;
	}
}

function write(name: string, { help, type, bounds, series }: Metric): string {
	const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
	for (const { labels, value, bins, count } of series.values()) {
		if (type !== 'histogram') {
			lines.push(`${name}${writeLabels(labels)} ${value}`);
			continue;
		}
		let below = 0;
		for (const [at, bound] of bounds.entries()) {
			below += bins[at] ?? 0;
			lines.push(`${name}_bucket${writeLabels({ ...labels, le: String(bound) })} ${below}`);
		}
		lines.push(`${name}_bucket${writeLabels({ ...labels, le: '+Inf' })} ${count}`);
		lines.push(`${name}_sum${writeLabels(labels)} ${value}`, `${name}_count${writeLabels(labels)} ${count}`);
	}
	return lines.join('\n');
}

function writeLabels(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
