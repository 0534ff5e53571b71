/** A step from a record to a cell: the key of an entry, or the place of an item from 0. */
export type CellStep = string | number;

/**
 * The column of a cell: its steps with dots between them. A dot or a backslash in a key has a backslash before it, and so has a key of digits,
 * for digits alone are the place of an item. `columnSteps` gives the steps back.
 */
export function columnName(steps: readonly CellStep[]): string {
	return steps.map((step) => (typeof step === 'number' ? String(step) : escapedKey(step))).join('.');
}

export function escapedKey(key: string): string {
	if (isIndex.test(key)) return `\\${key}`;
	return /[.\\]/.test(key) ? key.replace(/[.\\]/g, '\\$&') : key;
}

const isIndex = /^(?:0|[1-9][0-9]{0,8})$/;

/** The steps that a column of this name leads along. */
export function columnSteps(name: string): CellStep[] {
	const steps: CellStep[] = [];
	let key = '';
	let isEscaped = false;
	const take = () => {
		steps.push(!isEscaped && isIndex.test(key) ? Number(key) : key);
		key = '';
		isEscaped = false;
	};
	for (let at = 0; at < name.length; at++) {
		const character = name[at] ?? '';
		if (character === '.') take();
		else if (character === '\\' && at + 1 < name.length) {
			key += name[++at];
			isEscaped = true;
		} else key += character;
	}
	take();
	return steps;
}
