/** Steps that people count in. */
const roundSteps = [1, 2, 5, 10];

/**
 * Round places for the figures of an axis, about `count` of them, which reach from below `low` to above `high`. `base` 1024 makes them round
 * in KiB, MiB and so on, as bytes are written.
 */
export function axisTicks({ low, high }: { low: number; high: number }, count: number, base: 10 | 1024 = 10): number[] {
	const span = high > low ? high - low : Math.abs(high) || 1;
	const rough = span / Math.max(1, count);
	const unit = base === 1024 ? 1024 ** Math.max(0, Math.floor(Math.log(Math.max(1, high) * 1.024) / Math.log(1024))) : 1;
	const power = 10 ** Math.floor(Math.log10(rough / unit));
	const step = unit * power * (roundSteps.find((each) => unit * power * each >= rough) ?? 10);
	// What is left of a division may lie a hair beside a whole number.
	const first = Math.floor(low / step + 1e-9);
	const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
	return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
