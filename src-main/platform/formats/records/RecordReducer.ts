import type { Sequence, Value } from '../middle.ts';
import type { NoteBook } from '../NoteBook.ts';
import type { ReadOptions } from '../options.ts';
import { type Holdings, Reducer } from '../reduceData.ts';

/** Reduces records, a few at a time, to what a target holds (`reduceData`). */
export class RecordReducer {
	readonly #reducer: Reducer;
	readonly #mergesKeys: boolean;

	constructor(holds: Holdings, notes: NoteBook, { mergeKeys }: ReadOptions = {}) {
		this.#mergesKeys = mergeKeys === 'apply';
		this.#reducer = new Reducer(holds, notes, this.#mergesKeys);
	}

	/**
	 * The records as the target can hold them; their paths are counted from the first of these.
	 *
	 * Of `bare` ones, which are nothing, truth, numbers of JSON, texts, and sequences and mappings of such without comments, anchors and tags, every
	 * format holds all, and only their keys are looked at.
	 */
	reduce(records: Value[], areBare: boolean): readonly Value[] {
		const root: Sequence = { kind: 'sequence', items: records };
		if (areBare && !this.#mergesKeys) {
			this.#reducer.tellKeys(root);
			return records;
		}
		const { root: reduced } = this.#reducer.document({ root }, []);
		return reduced?.kind === 'sequence' ? reduced.items : [];
	}
}
