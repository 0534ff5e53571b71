const longest = 31;

/**
 * Names for the sheets of a workbook that every spreadsheet takes, in the order of what they are called.
 *
 * At most 31 characters without `[]:*?/\` and control characters, no apostrophe at an end, no two alike in any case, not Excel's own `History`.
 */
export function sheetNames(wanted: readonly string[]): string[] {
	const taken = new Set(['history']);
	return wanted.map((name, index) => {
		const legal = trim(name.replace(/[[\]:*?/\\\p{C}]+/gu, ' ').replace(/\s+/g, ' ')) || String(index + 1);
		let candidate = cut(legal, longest);
		for (let number = 2; taken.has(candidate.toLowerCase()); number++) {
			const suffix = ` (${number})`;
			candidate = cut(legal, longest - suffix.length) + suffix;
		}
		taken.add(candidate.toLowerCase());
		return candidate;
	});
}

function trim(name: string): string {
	return name.replace(/^['\s]+|['\s]+$/g, '');
}

/** Never through the middle of a character. */
function cut(name: string, length: number): string {
	return trim(name.slice(0, length).toWellFormed().replaceAll('\uFFFD', ''));
}
