/** Rounded as it is shown and written. */
export function toHundredths(value: number): number {
	return Math.round(value * 100) / 100;
}
