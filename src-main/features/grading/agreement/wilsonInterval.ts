import type { Interval } from '#contract/agreement.ts';
import { normalQuantile } from './normalQuantile.ts';

/**
 * The 95 % score interval of a fraction, `hits` of `count` (Wilson 1927; Newcombe 1998, method 3). Null of nothing.
 *
 * A bootstrap cannot give it: where five of five agree, every resample agrees as well, and the interval would say "certain".
 */
export function wilsonInterval(hits: number, count: number): Interval | null {
	if (count === 0) return null;
	const z = normalQuantile(0.975);
	const centre = (2 * hits + z * z) / (2 * (count + z * z));
	const reach = (z * Math.sqrt(z * z + (4 * hits * (count - hits)) / count)) / (2 * (count + z * z));
	return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
