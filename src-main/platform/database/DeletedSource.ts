/** A thing that its owner deleted: it is hidden, and not gone yet. */
export interface DeletedRow {
	id: string;
	/** The id of what it is opened in once it is back, such as the conversation of a message; its own where it stands alone. */
	placeId: string;
	/** What that is called; empty where the title says it itself. */
	heading: string;
	/** Its name, or the beginning of what it says; empty where it has none. */
	title: string;
	deletedAt: number;
}

/** Things of one kind that a feature hides when they are deleted, so that they can be brought back until they are purged. */
export interface DeletedSource<Kind extends string = string> {
	kind: Kind;
	/** What of this owner's is hidden; the order does not matter. What comes back with another thing, such as what is in it, is left out. */
	list(ownerId: string): DeletedRow[];
	/** Brings one back; one that is back already stays. Another's, and one that is gone, is NOT_FOUND. */
	restore(ownerId: string, id: string): unknown;
	/** Deletes one for good. One that is not hidden is NOT_FOUND like one that is gone. */
	purge(ownerId: string, id: string): void | Promise<void>;
}
