/** Reads a typed setting: null where nothing is typed, `wrong` where it is no whole number from 1 to `most`. */
export function readNumber(typed: string, most: number): number | null | 'wrong' {
	const text = typed.trim();
	if (text === '') return null;
	const value = Number(text);
	return Number.isInteger(value) && value >= 1 && value <= most ? value : 'wrong';
}
