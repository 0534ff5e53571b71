/** Reads the points of a mark as a teacher types them, to the hundredth at most, with a comma or a point: from 0 to `outOf`, else null. */
export function parseMark(typed: string, outOf: number): number | null {
	const text = typed.trim().normalize('NFKC').replace(',', '.');
	if (!/^(\d{1,4}(\.\d{0,2})?|\.\d{1,2})$/.test(text)) return null;
	const points = Number(text);
	return points <= outOf ? points : null;
}
