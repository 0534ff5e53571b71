import { asc, getTableColumns } from 'drizzle-orm';
import type { Store } from '../../platform/database/openDatabase.ts';
import { owned, ownedIn } from '../../platform/database/owned.ts';
import { readCueRows } from './projectRows.ts';
import { glossary, subtitleProject, term } from './schema.ts';
import { keptOf } from './showCues.ts';

/** All glossaries and projects of an owner, hidden ones too, to take away: the cues of each are read when they are written. */
export function exportProjects(store: Store, ownerId: string): { glossaries: Generator<unknown>; projects: Generator<unknown> } {
	return { glossaries: eachGlossary(store, ownerId), projects: eachProject(store, ownerId) };
}

function* eachGlossary(store: Store, ownerId: string): Generator<unknown> {
	for (const { id, name, createdAt } of store.select().from(glossary).where(owned(glossary, ownerId)).orderBy(asc(glossary.createdAt)).all())
		yield { id, name, createdAt, terms: everyTerm(store, ownerId, id) };
}

function everyTerm(store: Store, ownerId: string, glossaryId: string): unknown[] {
	const { glossaryId: _glossaryId, fold: _fold, ...shown } = getTableColumns(term);
	return store
		.select(shown)
		.from(term)
		.where(ownedIn(term.glossaryId, glossary, ownerId, glossaryId))
		.orderBy(asc(term.fold))
		.all();
}

function* eachProject(store: Store, ownerId: string): Generator<unknown> {
	const rows = store.select().from(subtitleProject).where(owned(subtitleProject, ownerId)).orderBy(asc(subtitleProject.createdAt)).all();
	for (const { ownerId: _ownerId, ...shown } of rows) yield { ...shown, cues: readCueRows(store, ownerId, shown.id).map(keptOf) };
}
