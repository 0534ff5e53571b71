import type { Note } from './Note.ts';
import type { Place } from './placeAt.ts';

/** So many notes of one code are kept; of the rest only how many there are is told. */
const mostOfACode = 1000;

/** A comment is looked for so many characters from the value that it belongs to. */
const nearby = 4_000;

/** What a note says of what was there. */
const longestQuote = 80;

/** Collects the loss report of one conversion. A hostile file cannot make it long. */
export class NoteBook {
	/** Where offsets of the source stand; a reader sets it, and what has no source has no lines. */
	placeOf: ((at: number) => Place) | undefined;
	/** The source itself, where it is held whole, so that comments are found in it. */
	source: string | undefined;
	/** Makes the path of a note one of the whole, where it is counted from a part. */
	pathOf: ((path: string) => string) | undefined;
	readonly #notes: Note[] = [];
	readonly #counts = new Map<string, number>();

	/** Whether a note of this code is still kept: where many come, the rest needs no words. */
	wants(code: string): boolean {
		return (this.#counts.get(code) ?? 0) < mostOfACode;
	}

	/** Takes down one note; `at` is the offset in the source it is about. */
	add(note: Note, at?: number): void {
		const count = (this.#counts.get(note.code) ?? 0) + 1;
		this.#counts.set(note.code, count);
		if (count > mostOfACode) return;
		const { what, became, ...rest } = note.path === undefined || !this.pathOf ? note : { ...note, path: this.pathOf(note.path) };
		const place = at !== undefined && note.line === undefined ? this.placeOf?.(at) : undefined;
		this.#notes.push({ ...rest, ...place, ...(what !== undefined && { what: quoted(what) }), ...(became !== undefined && { became: quoted(became) }) });
	}

	/** Counts notes of a code of which no more are wanted. */
	countMore(code: string, count: number): void {
		this.#counts.set(code, (this.#counts.get(code) ?? 0) + count);
	}

	/** Takes down a note for each comment, at its own line: those that stand `above` an offset in their order, or `below` it. */
	addComments(comments: readonly string[], note: Omit<Note, 'what'>, at: number | undefined, side: 'above' | 'below'): void {
		const places = side === 'above' ? this.#placesAbove(comments, at) : this.#placesBelow(comments, at);
		for (const [index, what] of comments.entries()) this.add({ ...note, what }, places[index] ?? at);
	}

	#placesAbove(comments: readonly string[], at: number | undefined): (number | undefined)[] {
		const { source } = this;
		if (source === undefined || at === undefined) return [];
		let end = at;
		return comments
			.toReversed()
			.map((comment) => {
				const from = Math.max(0, end - nearby);
				const found = source.slice(from, end).lastIndexOf(`#${comment}`);
				if (found === -1) return undefined;
				end = from + found;
				return end;
			})
			.reverse();
	}

	#placesBelow(comments: readonly string[], at: number | undefined): (number | undefined)[] {
		const { source } = this;
		if (source === undefined || at === undefined) return [];
		let start = at;
		return comments.map((comment) => {
			const found = source.slice(start, start + nearby).indexOf(`#${comment}`);
			if (found === -1) return undefined;
			start += found + 1;
			return start - 1;
		});
	}

	/** Every note; after a code of which there were too many stands one that says how many more (`what`). */
	all(): Note[] {
		const more = [...this.#counts].filter(([, count]) => count > mostOfACode);
		return [...this.#notes, ...more.map(([code, count]) => this.#rest(code, count - mostOfACode))];
	}

	#rest(code: string, count: number): Note {
		const kind = this.#notes.find((note) => note.code === code)?.kind ?? 'lost';
		return { code: 'more', kind, what: String(count), became: code };
	}
}

function quoted(text: string): string {
	return text.length > longestQuote ? `${text.slice(0, longestQuote - 1)}…` : text;
}
