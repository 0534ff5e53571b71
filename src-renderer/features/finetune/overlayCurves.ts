/** Puts curves of different steps over one axis: all their places, and of each curve its value there or null. */
export function overlayCurves(curves: readonly (readonly { step: number; value: number | null }[])[]): { places: number[]; values: (number | null)[][] } {
	const places = [...new Set(curves.flatMap((curve) => curve.map(({ step }) => step)))].sort((a, b) => a - b);
	const values = curves.map((curve) => {
		const byStep = new Map(curve.map(({ step, value }) => [step, value]));
		return places.map((place) => byStep.get(place) ?? null);
	});
	return { places, values };
}
