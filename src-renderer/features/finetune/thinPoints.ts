/**
 * Takes so many points that a drawing or a table can bear: all with a measurement, the first, the last, and of the rest every so
 * manieth. At most about `most`, more only where more were measured.
 */
export function thinPoints<T extends { validationLoss: number | null; forgetting: number | null }>(points: readonly T[], most: number): T[] {
	if (points.length <= most) return [...points];
	const every = Math.ceil(points.length / most);
	return points.filter(
		({ validationLoss, forgetting }, index) => validationLoss !== null || forgetting !== null || index % every === 0 || index === points.length - 1,
	);
}
