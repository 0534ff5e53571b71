/** One text of the app's tables that can be found. */
export interface SourceText {
	id: string;
	ownerId: string;
	/** The id of what it is opened in, such as the conversation of a message; its own where it stands alone. */
	placeId: string;
	/** The part of that place where it is, such as the question of an answer, where that is needed to open it. */
	partId?: string;
	/** What that is called; empty where the text says it itself. */
	heading: string;
	text: string;
}

/**
 * Texts of one kind that can be found, as a feature keeps them in a table of its own.
 *
 * `table`, `columns` and `ids` become part of triggers: they are written in the program and never come from outside.
 */
export interface TextSource {
	kind: string;
	/** Each row, under its `id`, is one text; rows that come and go are noticed. */
	table: string;
	/** The columns of `table` by which the text itself changes. */
	columns: readonly string[];
	/** Changes of other columns or tables by which texts change, or are hidden and shown: which, as a SELECT of one column `id` that may name `new`. */
	alsoAfter?: readonly { table: string; columns: readonly string[]; ids: string }[];
	/** Reads these of an owner, or with null whoever's they are. What is gone or hidden is left out; the order does not matter. */
	read(ids: readonly string[], ownerId: string | null): SourceText[];
}
