/** The usual choices, and before them what was found where it is none of them. */
export function withFound(usual: readonly string[], found: string): string[] {
	return usual.includes(found) ? [...usual] : [found, ...usual];
}
