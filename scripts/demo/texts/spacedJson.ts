/** JSON on one line with a space after each comma and colon, as the grading prompts show it. */
export function spacedJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	return `{${Object.entries(value)
		.map(([key, each]) => `${JSON.stringify(key)}: ${spacedJson(each)}`)
		.join(', ')}}`;
}
