/** Hundredths; halves before quarters, so that a share is as round as it can be. */
const steps = [100, 50, 25, 10, 5, 1];

/**
 * Shares points out among criteria as evenly and as roundly as can be; the shares add up to the whole, to the hundredth.
 * `count` is at least 1; where there is less than a hundredth for each, the last ones get none.
 */
export function sharePoints(total: number, count: number): number[] {
	const whole = Math.round(total * 100);
	const even = steps.find((step) => whole % (step * count) === 0 && step >= 25);
	const step = even ?? steps.find((each) => whole % each === 0 && whole / each >= count) ?? 1;
	const parts = whole / step;
	return Array.from({ length: count }, (_, at) => ((Math.floor(parts / count) + (at < parts % count ? 1 : 0)) * step) / 100);
}

/** Points that fall evenly from `most` to 0 over so many levels, at least 2; rounded to quarters, or to whole points where there are 20 or more. */
export function stepPoints(most: number, count: number): number[] {
	const step = most >= 20 ? 1 : 0.25;
	return Array.from({ length: count }, (_, at) => (at === 0 ? most : Math.round((most * (count - 1 - at)) / (count - 1) / step) * step));
}
