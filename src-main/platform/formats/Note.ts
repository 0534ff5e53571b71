/** One line of the loss report: what could not be carried, or was carried by convention, where, and what to do about it. */
export interface Note {
	/** Stable; the renderer has the words. For instance `comment`, `numberTooLarge`, `duplicateKey`, `mixedContent`, `formulaEscaped`. */
	code: string;
	/** `lost`: the result does not hold it. `convention`: the result holds it in an agreed form. `changed`: held, but written otherwise. */
	kind: 'lost' | 'convention' | 'changed';
	/** Where in the source, counted from 1; absent where it is of the whole. */
	line?: number;
	column?: number;
	/** Where in the matter: JSONPath for data (`$.a[2]`), an element path for markup (`/a/b[2]`). */
	path?: string;
	/** What was there, shortened to 80 characters; what it was written as. */
	what?: string;
	became?: string;
}
