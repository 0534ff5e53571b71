/** What a number must be. */
export interface NumberLimits {
	/** 1 unless told. */
	least?: number;
	most: number;
	/** May have figures after the point. */
	isFractional?: boolean;
}

/** Reads a typed setting: null where nothing is typed, `wrong` where it is no number within the limits. A comma counts as the point. */
export function readNumber(typed: string, limits: NumberLimits): number | null | 'wrong' {
	const text = typed.trim().replace(',', '.');
	if (text === '') return null;
	const value = Number(text);
	const isWithin = value >= (limits.least ?? 1) && value <= limits.most;
	return isWithin && (limits.isFractional || Number.isInteger(value)) ? value : 'wrong';
}
