import { create } from 'zustand';
import type { DeletedThing } from '#contract/deleted.ts';
import { client } from '../../rpc/client.ts';

interface DeletedState {
	/** Newest first; null until read. Those that were restored stay in it until it is read again. */
	things: DeletedThing[] | null;
	/** How many there are, those that are not told here counted. */
	total: number;
	/** The ids of those that are back in their places. */
	restored: ReadonlySet<string>;
	/** Why it could not be read; null while all is well. */
	error: unknown;
}

/** What of the reader's was deleted and can be had back. The truth is in the app; the functions below ask it. */
export const useDeleted = create<DeletedState>(() => ({ things: null, total: 0, restored: new Set(), error: null }));

/** Reads the list anew. Never rejects. */
export async function readDeleted(): Promise<void> {
	try {
		useDeleted.setState({ ...(await client.deleted.list()), restored: new Set(), error: null });
	} catch (error) {
		useDeleted.setState({ error });
	}
}

/** Brings one back. False where it is gone for good meanwhile, and so from the list. */
export function restoreThing({ kind, id }: DeletedThing): Promise<boolean> {
	return unlessGone(id, async () => {
		await client.deleted.restore({ kind, thingId: id });
		useDeleted.setState(({ restored }) => ({ restored: new Set([...restored, id]) }));
	});
}

/** Deletes one for good. False where it was gone already. */
export function purgeThing({ kind, id }: DeletedThing): Promise<boolean> {
	return unlessGone(id, async () => {
		await client.deleted.purge({ kind, thingId: id });
		drop(id);
	});
}

/** Deletes for good all that the list was read with, and what is older. What is refused stays in it; the refusal is thrown. */
export async function purgeEverything(): Promise<void> {
	const until = useDeleted.getState().things?.[0]?.deletedAt;
	if (until === undefined) return;
	try {
		await client.deleted.purgeAll({ until });
	} finally {
		await readDeleted();
	}
}

async function unlessGone(id: string, act: () => Promise<void>): Promise<boolean> {
	try {
		await act();
		return true;
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'NOT_FOUND')) throw error;
		drop(id);
		return false;
	}
}

function drop(id: string): void {
	useDeleted.setState(({ things, total }) => ({ things: (things ?? []).filter((thing) => thing.id !== id), total: total - 1 }));
}
