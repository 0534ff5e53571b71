import { Histogram } from './Histogram.ts';

/** Tenths of a token a second are what its histogram counts. */
const speedScale = 10;

/** One answer of a model, or one HTTP request, as it is counted. What is null was not there to be measured. */
export interface Measured {
	isError: boolean;
	/** An answer that was given before: no model took part. */
	isRepeat: boolean;
	promptTokens: number;
	completionTokens: number;
	tookMs: number;
	firstTokenMs: number | null;
	waitMs: number | null;
	tokensPerSecond: number | null;
}

/** What many of them come to. */
export class Figures {
	count = 0;
	errors = 0;
	repeats = 0;
	promptTokens = 0;
	completionTokens = 0;
	readonly took = new Histogram();
	readonly firstToken = new Histogram();
	readonly wait = new Histogram();
	readonly speed = new Histogram();

	record(measured: Measured): void {
		this.count += 1;
		if (measured.isError) this.errors += 1;
		if (measured.isRepeat) this.repeats += 1;
		this.promptTokens += measured.promptTokens;
		this.completionTokens += measured.completionTokens;
		// An answer that was given before took no time that would tell anything.
		if (!measured.isRepeat) this.took.record(measured.tookMs);
		if (measured.firstTokenMs !== null) this.firstToken.record(measured.firstTokenMs);
		if (measured.waitMs !== null) this.wait.record(measured.waitMs);
		if (measured.tokensPerSecond !== null) this.speed.record(measured.tokensPerSecond * speedScale);
	}

	merge(other: Figures): void {
		this.count += other.count;
		this.errors += other.errors;
		this.repeats += other.repeats;
		this.promptTokens += other.promptTokens;
		this.completionTokens += other.completionTokens;
		this.took.merge(other.took);
		this.firstToken.merge(other.firstToken);
		this.wait.merge(other.wait);
		this.speed.merge(other.speed);
	}

	/** In numbers that can be shown. */
	summary() {
		const { count, errors, repeats, promptTokens, completionTokens } = this;
		const speed = this.speed.percentile(0.5);
		return {
			...{ count, errors, repeats, promptTokens, completionTokens },
			tookMs: quantiles(this.took),
			firstTokenMs: quantiles(this.firstToken),
			waitMs: quantiles(this.wait),
			tokensPerSecond: speed === null ? null : speed / speedScale,
		};
	}
}

function quantiles(histogram: Histogram) {
	const [p50, p95, p99] = [0.5, 0.95, 0.99].map((fraction) => histogram.percentile(fraction));
	return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 };
}
