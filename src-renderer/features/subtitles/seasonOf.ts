/** What the names of several files tell of their season: what all begin with before the numbers that tell them apart; empty where it is not numbers. */
export function seasonOf(names: readonly string[]): string {
	const [first = '', ...others] = names;
	const differs = [...first].findIndex((letter, at) => others.some((name) => name[at] !== letter));
	if (!names.every((name) => /\d/.test(name[differs] ?? ''))) return '';
	return first
		.slice(0, differs)
		.replace(/[\s._-]*(?:(?<!\p{L})ep?|episode|第)?[\s._-]*\d*$/iu, '')
		.trim();
}
