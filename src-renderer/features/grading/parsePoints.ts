const fractions: Record<string, string> = { '½': '.5', '¼': '.25', '¾': '.75' };

/** Reads a number as a teacher types it: comma or dot, full-width digits, a half or a quarter as its sign; NaN where it is none. */
export function parseDecimal(typed: string): number {
	const text = typed
		.replace(/[½¼¾]/, (sign) => fractions[sign] ?? sign)
		.normalize('NFKC')
		.trim()
		.replace(/^[−–]/, '-')
		.replace(',', '.');
	return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

/** Reads points as a teacher types them, from -1000 to 1000 and to the hundredth; NaN where they are none. */
export function parsePoints(typed: string): number {
	const points = parseDecimal(typed);
	if (Math.abs(points) > 1000) return Number.NaN;
	return Math.abs(points * 100 - Math.round(points * 100)) < 1e-6 ? Math.round(points * 100) / 100 : Number.NaN;
}
