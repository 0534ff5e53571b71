/**
 * Smooths a curve that jumps from step to step: an exponential moving average whose first values do not hang on its start
 * (bias-corrected, as Kingma and Ba, 2015, do it for Adam). Where there is no value there is none in the answer.
 *
 * `keep` is the share that is kept of what was before, 0 (nothing is smoothed) to below 1.
 */
export function smoothCurve(values: readonly (number | null)[], keep: number): (number | null)[] {
	let sum = 0;
	let weight = 0;
	return values.map((value) => {
		if (value === null) return null;
		sum = keep * sum + (1 - keep) * value;
		weight = keep * weight + (1 - keep);
		return sum / weight;
	});
}
