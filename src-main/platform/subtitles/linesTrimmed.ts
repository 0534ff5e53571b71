/** A text whose lines have no spaces around them, and that has no line without a word at its beginning and its end. */
export function linesTrimmed(text: string): string {
	const trimmed = text.trim();
	if (!/\s\n|\n\s/.test(trimmed)) return trimmed;
	return trimmed
		.split('\n')
		.map((line) => line.trim())
		.join('\n');
}
