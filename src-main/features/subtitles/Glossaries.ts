import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { and, asc, desc, eq, getTableColumns, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { failure } from '#contract/errors.ts';
import type { Glossary, Term, TermFields, TermProblem } from '#contract/glossary.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned, ownedIn } from '../../platform/database/owned.ts';
import { exportFileName } from '../../platform/text/exportFileName.ts';
import { foldTerm } from './foldSource.ts';
import { readTermTable } from './readTermTable.ts';
import { glossary, subtitleProject, term } from './schema.ts';
import { writeTermTable } from './writeTermTable.ts';

type Changed<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined };

/** The glossaries of accounts: what names and terms are to be called. Of one source there is one term in each. */
export class Glossaries {
	readonly #db: Db;
	readonly #now: () => number;
	readonly #changed: (ownerId: string, glossaryId: string) => void;

	/** `changed` is called after each change of what is confirmed. */
	constructor({ db, now, changed = () => {} }: { db: Db; now: () => number; changed?: (ownerId: string, glossaryId: string) => void }) {
		this.#db = db;
		this.#now = now;
		this.#changed = changed;
		const until = now() - keepDeletedMs;
		db.delete(glossary)
			.where(everyOwner(glossary, lt(glossary.deletedAt, until)))
			.run();
		db.delete(term)
			.where(everyOwner(term.glossaryId, lt(term.deletedAt, until)))
			.run();
	}

	/** The owner's that are not hidden, newest first. */
	list(ownerId: string): Glossary[] {
		const rows = this.#db
			.select()
			.from(glossary)
			.where(owned(glossary, ownerId, isNull(glossary.deletedAt)))
			.orderBy(desc(glossary.createdAt), desc(sql`${glossary}.rowid`))
			.all();
		return rows.map((row) => this.#shown(ownerId, row));
	}

	create(ownerId: string, name: string): Glossary {
		return this.#shown(ownerId, { ...this.add(this.#db, ownerId, name), name });
	}

	/** Adds one in the caller's transaction. */
	add(store: Store, ownerId: string, name: string): { id: string; createdAt: number } {
		const row = { id: randomUUID(), ownerId, name, createdAt: this.#now() };
		store.insert(glossary).values(row).run();
		return row;
	}

	rename(ownerId: string, glossaryId: string, name: string): Glossary {
		const row = this.require(this.#db, ownerId, glossaryId);
		this.#db
			.update(glossary)
			.set({ name })
			.where(owned(glossary, ownerId, eq(glossary.id, glossaryId)))
			.run();
		return this.#shown(ownerId, { ...row, name });
	}

	/** Hides a glossary: its projects have none until it is brought back, or purged. */
	remove(ownerId: string, glossaryId: string): void {
		this.require(this.#db, ownerId, glossaryId);
		// Before, while it still shows which projects it is of; who is told looks afterwards.
		this.#changed(ownerId, glossaryId);
		this.#hide(ownerId, glossaryId, this.#now());
	}

	/** Brings a glossary back, to its projects too. */
	restore(ownerId: string, glossaryId: string): Glossary {
		const row = this.require(this.#db, ownerId, glossaryId, true);
		this.#hide(ownerId, glossaryId, null);
		return this.#told(ownerId, glossaryId, this.#shown(ownerId, row));
	}

	#hide(ownerId: string, glossaryId: string, deletedAt: number | null): void {
		this.#db
			.update(glossary)
			.set({ deletedAt })
			.where(owned(glossary, ownerId, eq(glossary.id, glossaryId)))
			.run();
	}

	/** The row of a glossary that is not hidden, or with `hidden` of one that may be; another's is NOT_FOUND like one that is not. */
	require(store: Store, ownerId: string, glossaryId: string, hidden = false) {
		const row = store
			.select()
			.from(glossary)
			.where(owned(glossary, ownerId, eq(glossary.id, glossaryId), hidden ? undefined : isNull(glossary.deletedAt)))
			.get();
		if (!row) throw failure('NOT_FOUND', { what: 'glossary' });
		return row;
	}

	terms(ownerId: string, glossaryId: string): Term[] {
		this.require(this.#db, ownerId, glossaryId);
		return readTerms(this.#db, ownerId, glossaryId);
	}

	/** Adds confirmed terms. One that is confirmed with the same source and says something else is hidden: it can be brought back. */
	addTerms(ownerId: string, glossaryId: string, terms: readonly TermFields[]): Term[] {
		return this.#told(
			ownerId,
			glossaryId,
			immediate(this.#db, (tx) => this.#put(tx, ownerId, glossaryId, terms)),
		);
	}

	/** Adds the terms of a table, confirmed; one that is confirmed with another translation stays, and that is told. Throws CSV_INVALID. */
	async importTerms(ownerId: string, glossaryId: string, bytes: Uint8Array): Promise<{ terms: Term[]; added: number; problems: TermProblem[] }> {
		this.require(this.#db, ownerId, glossaryId);
		const { terms, problems } = await readTermTable(bytes);
		const taken = immediate(this.#db, (tx) => {
			const known = new Map(readTerms(tx, ownerId, glossaryId).map((each) => [foldTerm(each.source), each]));
			const isKept = ({ source }: TermFields) => known.get(foldTerm(source))?.state === 'confirmed';
			const kept = terms.filter(({ fields }) => isKept(fields) && known.get(foldTerm(fields.source))?.target !== fields.target);
			const fresh = terms.filter(({ fields }) => !isKept(fields)).map(({ fields }) => fields);
			const told = kept.map(({ row, fields }): TermProblem => ({ row, code: 'kept', detail: fields.source }));
			const all = [...problems, ...told].sort((a, b) => a.row - b.row);
			return { terms: this.#put(tx, ownerId, glossaryId, fresh), added: fresh.length, problems: all };
		});
		return this.#told(ownerId, glossaryId, taken);
	}

	/** What is confirmed, as a table. */
	saveTerms(ownerId: string, glossaryId: string): { fileName: string; text: string } {
		const { name } = this.require(this.#db, ownerId, glossaryId);
		return { fileName: exportFileName(name, 'csv'), text: writeTermTable(this.confirmed(this.#db, ownerId, glossaryId)) };
	}

	/** Adds what a model found; a source that is there already, also as refused, stays what it is. Tells how many are new. */
	propose(tx: Tx, ownerId: string, glossaryId: string, terms: readonly TermFields[]): number {
		// One that was hidden while the model was at work comes back with them.
		this.require(tx, ownerId, glossaryId, true);
		let added = 0;
		for (const fields of terms) {
			const row = { ...fields, id: randomUUID(), glossaryId, fold: foldTerm(fields.source), state: 'proposed' as const };
			added += tx.insert(term).values(row).onConflictDoNothing().run().changes;
		}
		return added;
	}

	/** Changes a term. INVALID_INPUT where another one has the new source. */
	changeTerm(ownerId: string, glossaryId: string, termId: string, fields: Changed<TermFields>, state: Term['state']): Term {
		const changed = immediate(this.#db, (tx) => {
			const before = this.#requireTerm(tx, ownerId, glossaryId, termId);
			const fold = fields.source === undefined ? before.fold : foldTerm(fields.source);
			const other = fold === before.fold ? undefined : findTerm(tx, ownerId, glossaryId, eq(term.fold, fold));
			if (other) throw failure('INVALID_INPUT', { issues: [{ path: 'fields.source', message: 'Another term has this source.' }] });
			const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
			tx.update(term)
				.set({ ...set, fold, state })
				.where(ofTerms(ownerId, glossaryId, eq(term.id, termId)))
				.run();
			return shownTerm(this.#requireTerm(tx, ownerId, glossaryId, termId));
		});
		return this.#told(ownerId, glossaryId, changed);
	}

	/** Confirms or refuses terms; those that have gone are no matter. */
	settleTerms(ownerId: string, glossaryId: string, termIds: readonly string[], state: 'confirmed' | 'refused'): Term[] {
		this.require(this.#db, ownerId, glossaryId);
		const chosen = sql`${term.id} in (select value from json_each(${JSON.stringify(termIds)}))`;
		this.#db
			.update(term)
			.set({ state })
			.where(ofTerms(ownerId, glossaryId, chosen))
			.run();
		return this.#told(ownerId, glossaryId, readTerms(this.#db, ownerId, glossaryId));
	}

	/** Hides a term; it can be brought back until it is purged. */
	removeTerm(ownerId: string, glossaryId: string, termId: string): void {
		this.#requireTerm(this.#db, ownerId, glossaryId, termId);
		this.#hideTerms(this.#db, ownerId, glossaryId, eq(term.id, termId));
		this.#changed(ownerId, glossaryId);
	}

	/** Brings a term back; one that has taken its source meanwhile is hidden in its turn, so that neither is lost. */
	restoreTerm(ownerId: string, termId: string): void {
		const glossaryId = immediate(this.#db, (tx) => {
			const { glossaryId, fold, deletedAt } = requireAnyTerm(tx, ownerId, termId);
			if (deletedAt === null) return null;
			this.#hideTerms(tx, ownerId, glossaryId, eq(term.fold, fold));
			tx.update(term)
				.set({ deletedAt: null })
				.where(ownedIn(term.glossaryId, glossary, ownerId, glossaryId, eq(term.id, termId)))
				.run();
			return glossaryId;
		});
		if (glossaryId !== null) this.#changed(ownerId, glossaryId);
	}

	#hideTerms(store: Store, ownerId: string, glossaryId: string, which: SQL): void {
		store
			.update(term)
			.set({ deletedAt: this.#now() })
			.where(ofTerms(ownerId, glossaryId, which))
			.run();
	}

	/** What is confirmed of a glossary, for a model to keep to; null: nothing. */
	confirmed(store: Store, ownerId: string, glossaryId: string | null): Term[] {
		return glossaryId === null ? [] : readTerms(store, ownerId, glossaryId, eq(term.state, 'confirmed'));
	}

	#told<T>(ownerId: string, glossaryId: string, result: T): T {
		this.#changed(ownerId, glossaryId);
		return result;
	}

	#put(tx: Tx, ownerId: string, glossaryId: string, terms: readonly TermFields[]): Term[] {
		this.require(tx, ownerId, glossaryId);
		for (const fields of terms) {
			const set = { ...fields, state: 'confirmed' as const };
			const [before] = readTerms(tx, ownerId, glossaryId, and(eq(term.fold, foldTerm(fields.source)), eq(term.state, 'confirmed')));
			if (before && !isDeepStrictEqual(before, { ...before, ...fields })) this.#hideTerms(tx, ownerId, glossaryId, eq(term.id, before.id));
			tx.insert(term)
				.values({ ...set, id: randomUUID(), glossaryId, fold: foldTerm(fields.source) })
				.onConflictDoUpdate({ target: [term.glossaryId, term.fold], targetWhere: isShown, set })
				.run();
		}
		return readTerms(tx, ownerId, glossaryId);
	}

	#requireTerm(store: Store, ownerId: string, glossaryId: string, termId: string): typeof term.$inferSelect {
		const found = findTerm(store, ownerId, glossaryId, eq(term.id, termId));
		if (!found) throw failure('NOT_FOUND', { what: 'term' });
		return found;
	}

	#shown(ownerId: string, { id, name, createdAt }: Pick<typeof glossary.$inferSelect, 'id' | 'name' | 'createdAt'>): Glossary {
		const rows = this.#db.select({ state: term.state, count: sql<number>`count(*)` }).from(term).where(ofTerms(ownerId, id)).groupBy(term.state).all();
		const countOf = (state: Term['state']) => rows.find((row) => row.state === state)?.count ?? 0;
		const users = this.#db
			.select({ count: sql<number>`count(*)` })
			.from(subtitleProject)
			.where(owned(subtitleProject, ownerId, eq(subtitleProject.glossaryId, id), isNull(subtitleProject.deletedAt)))
			.get();
		const counts = { proposed: countOf('proposed'), confirmed: countOf('confirmed'), refused: countOf('refused'), projects: users?.count ?? 0 };
		return { id, name, createdAt, counts };
	}
}

/** The terms of a glossary of this owner by their source. */
export function readTerms(store: Store, ownerId: string, glossaryId: string, condition?: SQL): Term[] {
	return store
		.select()
		.from(term)
		.where(ofTerms(ownerId, glossaryId, condition))
		.orderBy(asc(term.fold))
		.all()
		.map(shownTerm);
}

function findTerm(store: Store, ownerId: string, glossaryId: string, condition: SQL) {
	return store
		.select()
		.from(term)
		.where(ofTerms(ownerId, glossaryId, condition))
		.get();
}

/** A term of this owner, hidden or not, in a glossary that is not; another's is NOT_FOUND like one that is gone. */
function requireAnyTerm(store: Store, ownerId: string, termId: string): typeof term.$inferSelect {
	const row = store
		.select(getTableColumns(term))
		.from(term)
		.innerJoin(glossary, eq(glossary.id, term.glossaryId))
		.where(owned(glossary, ownerId, eq(term.id, termId), isNull(glossary.deletedAt)))
		.get();
	if (!row) throw failure('NOT_FOUND', { what: 'term' });
	return row;
}

function shownTerm({ fold: _fold, glossaryId: _glossaryId, deletedAt: _deletedAt, ...shown }: typeof term.$inferSelect): Term {
	return shown;
}

/** As the index of a glossary's sources says it. */
const isShown = sql`deleted_at is null`;

/** The terms of a glossary of this owner that are not hidden. */
function ofTerms(ownerId: string, glossaryId: string, condition?: SQL): SQL {
	return ownedIn(term.glossaryId, glossary, ownerId, glossaryId, condition, isNull(term.deletedAt));
}
