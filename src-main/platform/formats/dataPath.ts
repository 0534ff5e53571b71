/** One step into data: the key of an entry, or the place of an item counted from 0. */
export type Step = string | number;

/** The JSONPath of a place in data, as a note names it: `$.a[2]["b c"]`. */
export function dataPath(steps: readonly Step[]): string {
	return `$${steps.map(written).join('')}`;
}

function written(step: Step): string {
	if (typeof step === 'number') return `[${step}]`;
	return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
