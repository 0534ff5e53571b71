/** Hundredths; halves before quarters, so that a share is as round as it can be. */
const steps = [100, 50, 25, 10, 5, 1];

/**
 * Shares points out among criteria by their weights, which are whole numbers from 1 on, as exactly and as roundly as can be; the shares add up to
 * the whole, to the hundredth. What round shares leave goes to those that they are furthest under, the first ones first. Where there is less than a
 * hundredth for each weight, some get none.
 */
export function sharePoints(total: number, weights: readonly number[]): number[] {
	const whole = Math.round(total * 100);
	const sum = weights.reduce((all, weight) => all + weight, 0);
	const even = steps.find((step) => whole % (step * sum) === 0 && step >= 25);
	const step = even ?? steps.find((each) => whole % each === 0 && whole / each >= sum) ?? 1;
	const parts = whole / step;
	const shares = weights.map((weight) => Math.floor((parts * weight) / sum));
	const left = parts - shares.reduce((all, share) => all + share, 0);
	const furthest = weights.map((weight, at) => ({ at, under: (parts * weight) % sum })).sort((a, b) => b.under - a.under || a.at - b.at);
	for (const { at } of furthest.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
	return shares.map((share) => (share * step) / 100);
}

/** Points that fall evenly from `most` to 0 over so many levels, at least 2; rounded to quarters, or to whole points where there are 20 or more. */
export function stepPoints(most: number, count: number): number[] {
	const step = most >= 20 ? 1 : 0.25;
	return Array.from({ length: count }, (_, at) => (at === 0 ? most : Math.round((most * (count - 1 - at)) / (count - 1) / step) * step));
}
