import { statSync } from 'node:fs';
import { desc, eq, isNull, max, or, type SQL } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Adapter } from '#contract/finetune.ts';
import type { Store } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { adapter } from './schema.ts';

export type AdapterRow = typeof adapter.$inferSelect;

/** The condition for the row of an adapter of this owner. */
export function ofAdapter(ownerId: string, adapterId: string, condition?: SQL): SQL {
	return owned(adapter, ownerId, eq(adapter.id, adapterId), condition);
}

/** Reads an adapter of this owner that is not hidden, or with `hidden` one that may be; another's is NOT_FOUND like one that is not. */
export function readOwnAdapter(store: Store, ownerId: string, adapterId: string, hidden = false): AdapterRow {
	const row = store.select().from(adapter).where(ofAdapter(ownerId, adapterId)).get();
	if (!row || (row.deletedAt !== null && !hidden)) throw failure('NOT_FOUND', { what: 'adapter' });
	return row;
}

/** The adapters of an owner and those that their owners made public, newest first. Which models the owner may use is the caller's to look at. */
export function readAdapters(store: Store, ownerId: string): AdapterRow[] {
	// Public ones are everybody's to see.
	const seen = everyOwner(adapter, isNull(adapter.deletedAt), or(eq(adapter.ownerId, ownerId), eq(adapter.visibility, 'public')));
	return store.select().from(adapter).where(seen).orderBy(desc(adapter.createdAt)).all();
}

/** An adapter of the owner, or a public one; null for any other and for one that is hidden. */
export function findAdapter(store: Store, ownerId: string, adapterId: string): AdapterRow | null {
	// Public ones are everybody's to see.
	const seen = everyOwner(adapter, eq(adapter.id, adapterId), isNull(adapter.deletedAt), or(eq(adapter.ownerId, ownerId), eq(adapter.visibility, 'public')));
	return store.select().from(adapter).where(seen).get() ?? null;
}

/** The number of the next version under a name. Hidden ones keep theirs. */
export function nextVersion(store: Store, ownerId: string, name: string): number {
	const last = store
		.select({ version: max(adapter.version) })
		.from(adapter)
		.where(owned(adapter, ownerId, eq(adapter.name, name)))
		.get();
	return (last?.version ?? 0) + 1;
}

/** Whether a file is there; never fails. */
export function fileStateOf(file: string): Adapter['fileState'] {
	try {
		return statSync(file, { throwIfNoEntry: false })?.isFile() ? 'present' : 'missing';
	} catch {
		// A folder that may not be looked into.
		return 'missing';
	}
}
