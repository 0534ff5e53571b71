/** A text without what only its writing differs in: upper and lower case, the width of letters and digits, how accents are encoded. */
export function foldCase(text: string): string {
	// Upwards first: ß and SS become one only on that way.
	return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}
