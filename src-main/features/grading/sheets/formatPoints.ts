/** Points as they are written for people, with at most two decimals: `2`, `2.5`. */
export function formatPoints(points: number): string {
	return String(Math.round(points * 100) / 100);
}
