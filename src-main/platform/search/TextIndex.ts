import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { type Db, immediateUnsynced, type Tx } from '../database/openDatabase.ts';
import { everyOwner, owned } from '../database/owned.ts';
import type { Logger } from '../log/createLog.ts';
import { changedText, indexedText, textIndexState } from './schema.ts';
import { matchOf, patternOf, readTerms, rowOf, type SearchTerm, spaceWords } from './searchTerms.ts';
import { mostIndexed, type Snippet, snippetOf } from './snippetOf.ts';
import type { SourceText, TextSource } from './TextSource.ts';
import { triggersOf } from './triggersOf.ts';

/** Goes up with every change of what goes into the index, which is then made anew. */
const form = 2;
/** So many texts are taken in at once: some 10 ms in which nothing else is answered. */
const batch = 100;
/** Between two batches the app answers. */
const pauseMs = 10;
/** Changes wait at most so long where nobody searches. */
const idleMs = 2_000;

/** Holds which words are in which text. Beginnings of two letters are kept too: the words that begin so may be many. */
const words = `create virtual table if not exists text_index
	using fts5(whose, body, content='', contentless_delete=1, prefix='2', tokenize='unicode61 remove_diacritics 0')`;

/** A text that was found, with the piece of it that shows why. */
export interface FoundText extends Pick<SourceText, 'id' | 'placeId' | 'partId' | 'heading'> {
	kind: string;
	snippet: Snippet;
}

/**
 * Finds texts of the app's tables by the words in them, each owner's alone: an FTS5 table that holds the words and no text.
 *
 * What changes is written down by triggers and taken in a little later, in the background, and before each search. The triggers are the
 * connection's own (TEMP): no migration ever meets them. The index is made of what the tables hold and can be made anew at any time; after a
 * migration it is. Only the first 20,000 characters of a text are in it. Call `start` once, `close` before the database's.
 */
export class TextIndex {
	readonly #db: Db;
	readonly #sources: ReadonlyMap<string, TextSource>;
	readonly #log: Logger;
	#timer: NodeJS.Timeout | null = null;

	constructor(options: { db: Db; sources: readonly TextSource[]; log: Logger }) {
		this.#db = options.db;
		this.#sources = new Map(options.sources.map((source) => [source.kind, source]));
		this.#log = options.log;
	}

	/** From here on changes are written down, and those there are taken in. */
	start(): void {
		const { $client } = this.#db;
		$client.exec(words);
		for (const source of this.#sources.values()) for (const trigger of triggersOf(source)) $client.exec(trigger);
		this.#continueIn(0);
	}

	close(): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
	}

	/**
	 * The texts of an owner in which all words of `question` are, at most `mostOfKind` of each kind, kind by kind in the order of the sources: of
	 * each those first in which the words stand side by side as they were asked for, and of these the newest. `isComplete` is false while there are texts that the index does not know yet.
	 */
	find(ownerId: string, question: string, mostOfKind: number): { found: FoundText[]; isComplete: boolean } {
		const isComplete = this.#isMade() && this.#takeIn() && this.#takeIn();
		const terms = readTerms(question);
		if (terms.length === 0) return { found: [], isComplete };
		const pattern = patternOf(terms);
		const found = [...this.#sources.values()].flatMap((source) =>
			this.#findOfKind(source, ownerId, terms, mostOfKind).map(({ ownerId: _ownerId, text, ...place }) => ({
				...place,
				kind: source.kind,
				snippet: snippetOf(text, pattern),
			})),
		);
		return { found, isComplete };
	}

	/** Forgets all texts of an owner, in the transaction that deletes the owner. */
	removeAllOf(ownerId: string, tx: Tx): void {
		const own = tx.select({ id: indexedText.id }).from(indexedText).where(owned(indexedText, ownerId));
		tx.run(sql`delete from text_index where rowid in (${own})`);
		tx.delete(indexedText).where(owned(indexedText, ownerId)).run();
	}

	#findOfKind(source: TextSource, ownerId: string, terms: readonly SearchTerm[], most: number): SourceText[] {
		const sideBySide = terms.length > 1 ? this.#newest(source.kind, ownerId, rowOf(terms), most) : [];
		const ids = [...new Set([...sideBySide, ...this.#newest(source.kind, ownerId, terms, most)])].slice(0, most);
		if (ids.length === 0) return [];
		const texts = new Map(source.read(ids, ownerId).map((text) => [text.id, text]));
		return ids.flatMap((id) => texts.get(id) ?? []);
	}

	#newest(kind: string, ownerId: string, terms: readonly SearchTerm[], most: number): string[] {
		const match = `whose : "${whoseOf(ownerId, kind)}" AND body : (${matchOf(terms)})`;
		// CROSS JOIN has SQLite begin with the words, however few texts it takes the owner to have.
		const rows = this.#db.all<{ subjectId: string }>(sql`
			select ${indexedText.subjectId} as subjectId from text_index cross join ${indexedText} on ${indexedText.id} = text_index.rowid
			where text_index match ${match} and ${owned(indexedText, ownerId)}
			order by text_index.rowid desc limit ${most}`);
		return rows.map(({ subjectId }) => subjectId);
	}

	#continueIn(ms: number): void {
		this.#timer = setTimeout(() => this.#continue(), ms);
		// Nothing is lost by an end of the app: what changed is written down.
		this.#timer.unref();
	}

	#continue(): void {
		let isDone = true;
		try {
			if (!this.#isMade()) this.#makeAnew();
			isDone = this.#takeIn();
		} catch (error) {
			// A full disk, say. The next try finds the same changes.
			this.#log.warn({ err: error }, 'the search index could not be brought up to date');
		}
		this.#continueIn(isDone ? idleMs : pauseMs);
	}

	#isMade(): boolean {
		return this.#db.select().from(textIndexState).get()?.madeBy === this.#maker();
	}

	/** A migration may change what texts say, and no trigger hears of it. */
	#maker(): string {
		const kinds = [...this.#sources.keys()].join(' ');
		return `${form} ${this.#db.$client.pragma('user_version', { simple: true })} ${kinds}`;
	}

	/** Empties the index and writes down everything as changed. */
	#makeAnew(): void {
		immediateUnsynced(this.#db, (tx) => {
			this.#db.$client.exec(`drop table text_index; ${words}`);
			tx.delete(indexedText).where(everyOwner(indexedText)).run();
			tx.delete(changedText).run();
			for (const { kind, table } of this.#sources.values()) {
				// Whoever's they are: the index is everybody's.
				this.#db.$client.exec(`insert into changed_text (kind, subject_id) select '${kind}', id from "${table}" order by rowid`);
			}
			tx.insert(textIndexState)
				.values({ id: 1, madeBy: this.#maker() })
				.onConflictDoUpdate({ target: textIndexState.id, set: { madeBy: this.#maker() } })
				.run();
		});
	}

	/** Takes in what changed first; true when nothing is left after that. */
	#takeIn(): boolean {
		const changed = this.#db.select().from(changedText).orderBy(asc(changedText.id)).limit(batch).all();
		if (changed.length === 0) return true;
		immediateUnsynced(this.#db, (tx) => {
			for (const [kind, those] of Map.groupBy(changed, (each) => each.kind)) {
				const ids = those.map(({ subjectId }) => subjectId);
				const texts = new Map((this.#sources.get(kind)?.read(ids, null) ?? []).map((text) => [text.id, text]));
				for (const id of ids) this.#put(tx, kind, id, texts.get(id));
			}
			tx.delete(changedText)
				.where(
					inArray(
						changedText.id,
						changed.map(({ id }) => id),
					),
				)
				.run();
		});
		return changed.length < batch;
	}

	#put(tx: Tx, kind: string, subjectId: string, text: SourceText | undefined): void {
		const known = tx
			.select({ id: indexedText.id })
			.from(indexedText)
			// The app's own work: whoever's it is.
			.where(everyOwner(indexedText, and(eq(indexedText.kind, kind), eq(indexedText.subjectId, subjectId))))
			.get();
		if (known) tx.run(sql`delete from text_index where rowid = ${known.id}`);
		if (text === undefined || text.text === '') {
			if (known)
				tx.delete(indexedText)
					.where(everyOwner(indexedText, eq(indexedText.id, known.id)))
					.run();
			return;
		}
		const { ownerId } = text;
		const id = known?.id ?? tx.insert(indexedText).values({ ownerId, kind, subjectId }).returning({ id: indexedText.id }).get().id;
		const body = spaceWords(text.text.slice(0, mostIndexed));
		tx.run(sql`insert into text_index (rowid, whose, body) values (${id}, ${whoseOf(ownerId, kind)}, ${body})`);
	}
}

/** One word of the index that says whose and of what kind a text is: letters and digits alone, so that it stays one. */
function whoseOf(ownerId: string, kind: string): string {
	return `${kind}${Buffer.from(ownerId).toString('hex')}`.toLowerCase();
}
