import { dataPath, type Step } from '../dataPath.ts';
import type { Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import { valueColumn } from './flatten.ts';

/** What of some data are the rows of a table. */
export interface Records {
	records: Value[];
	/** Every record is a list of scalars: rows without a header. */
	areLists: boolean;
}

/**
 * Finds the records in data: its list, also where that is all that lies in mappings of one entry, or else the whole as a single record. Which it
 * is, is noted where it is not simply the list.
 */
export function recordsOf(root: Value, notes: NoteBook): Records {
	const steps: Step[] = [];
	let at = root;
	while (at.kind === 'mapping' && at.entries.length === 1) {
		const [only] = at.entries;
		if (only?.key.kind !== 'text' || (only.value.kind !== 'mapping' && only.value.kind !== 'sequence')) break;
		steps.push(only.key.value);
		at = only.value;
	}
	if (at.kind !== 'sequence') {
		notes.add({ code: 'singleRecord', kind: 'convention', path: '$' });
		return { records: [root], areLists: false };
	}
	if (steps.length > 0) notes.add({ code: 'recordsAt', kind: 'convention', path: dataPath(steps) });
	const { items } = at;
	const areLists =
		items.length > 0 && items.every((item) => item.kind === 'sequence' && item.items.every(({ kind }) => kind !== 'sequence' && kind !== 'mapping'));
	if (areLists) notes.add({ code: 'noHeader', kind: 'convention', path: dataPath(steps) });
	else if (items.some(({ kind }) => kind !== 'mapping')) notes.add({ code: 'valueColumn', kind: 'convention', path: dataPath(steps), became: valueColumn });
	return { records: items, areLists };
}
