/**
 * Gives each column of a header a name of its own, so that a mapping by name is never in doubt.
 *
 * Names are trimmed and put on one line; a column without a name is called by its number, a repeated name gets a number behind it.
 * The same header gives the same names every time.
 */
export function columnNames(header: readonly string[]): string[] {
	const trimmed = header.map((cell) => cell.replace(/\s+/g, ' ').trim());
	const taken = new Set(trimmed);
	const used = new Set<string>();
	return trimmed.map((name, index) => {
		const unique = name === '' ? freeName(`Column ${index + 1}`, taken) : used.has(name) ? freeName(name, taken) : name;
		used.add(unique);
		taken.add(unique);
		return unique;
	});
}

function freeName(name: string, taken: ReadonlySet<string>): string {
	let candidate = name;
	for (let number = 2; taken.has(candidate); number++) candidate = `${name} (${number})`;
	return candidate;
}
