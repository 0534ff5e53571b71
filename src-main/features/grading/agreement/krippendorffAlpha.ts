export type Measurement = 'nominal' | 'ordinal' | 'interval';

/**
 * Agreement of any number of judges, some of whom may have left units out: 1 is perfect, 0 is what chance gives (Krippendorff 2011,
 * "Computing Krippendorff's Alpha-Reliability", section D).
 *
 * `ratings[judge][unit]`, null where that judge did not judge that unit; a unit with one judge tells nothing and is left out. Null where alpha
 * is not defined: no unit has two judges, or all gave one and the same value.
 */
export function krippendorffAlpha(ratings: readonly (readonly (number | null)[])[], measurement: Measurement): number | null {
	const units = ratedUnits(ratings);
	const values = [...new Set(units.flat())].sort((a, b) => a - b);
	const totals = values.map((value) => units.reduce((sum, unit) => sum + unit.filter((rating) => rating === value).length, 0));
	const all = totals.reduce((sum, total) => sum + total, 0);
	const difference = differencesOf(measurement, values, totals);
	const place = new Map(values.map((value, index) => [value, index]));
	const at = (value: number) => place.get(value) ?? 0;

	let observed = 0;
	for (const unit of units) {
		let sum = 0;
		for (const first of unit) for (const second of unit) sum += difference(at(first), at(second));
		observed += sum / (unit.length - 1);
	}
	let expected = 0;
	for (const [i, first] of totals.entries()) for (const [j, second] of totals.entries()) expected += first * second * difference(i, j);
	return expected > 0 ? 1 - ((all - 1) * observed) / expected : null;
}

function ratedUnits(ratings: readonly (readonly (number | null)[])[]): number[][] {
	const count = Math.max(0, ...ratings.map((judge) => judge.length));
	const units = Array.from({ length: count }, (_, unit) => ratings.map((judge) => judge[unit] ?? null).filter((rating) => rating !== null));
	return units.filter((unit) => unit.length >= 2);
}

/** Squared differences between the values at two places of their order. */
function differencesOf(measurement: Measurement, values: readonly number[], totals: readonly number[]): (i: number, j: number) => number {
	if (measurement === 'nominal') return (i, j) => (i === j ? 0 : 1);
	if (measurement === 'interval') return (i, j) => ((values[i] ?? 0) - (values[j] ?? 0)) ** 2;
	return (i, j) => {
		let between = 0;
		for (let place = Math.min(i, j); place <= Math.max(i, j); place++) between += totals[place] ?? 0;
		return (between - ((totals[i] ?? 0) + (totals[j] ?? 0)) / 2) ** 2;
	};
}
