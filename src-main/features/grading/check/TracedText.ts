/** A character with the marks that are put on it. */
const cluster = /\P{M}\p{M}*|\p{M}+/gu;

/** A text that was made from another one, and knows which part of that each of its own parts stands for. Places are UTF-16 units. */
export class TracedText {
	readonly source: string;
	readonly text: string;
	/** Of each unit of `text`: where what it was made from begins and ends. */
	readonly #starts: readonly number[];
	readonly #ends: readonly number[];

	private constructor(source: string, text: string, starts: readonly number[], ends: readonly number[]) {
		this.source = source;
		this.text = text;
		this.#starts = starts;
		this.#ends = ends;
	}

	/** Rewrites the parts of `source` that `pattern` finds, one after the other; what it does not find is left out. */
	static rewrite(source: string, rewritten: (part: string) => string, pattern: RegExp = cluster): TracedText {
		const [texts, starts, ends]: [string[], number[], number[]] = [[], [], []];
		for (const match of source.matchAll(pattern)) {
			const text = rewritten(match[0]);
			texts.push(text);
			for (let i = 0; i < text.length; i++) {
				starts.push(match.index);
				ends.push(match.index + match[0].length);
			}
		}
		return new TracedText(source, texts.join(''), starts, ends);
	}

	/** The same with another text of the same length, unit for unit. Throws a RangeError for another length. */
	as(text: string): TracedText {
		if (text.length !== this.text.length) throw new RangeError(`a traced text of ${this.text.length} units became one of ${text.length}`);
		return new TracedText(this.source, text, this.#starts, this.#ends);
	}

	/** The same without the units that `keep` refuses. */
	filter(keep: (char: string, at: number) => boolean): TracedText {
		const kept = [...Array(this.text.length).keys()].filter((at) => keep(this.text.charAt(at), at));
		const pick = (from: readonly number[]) => kept.map((at) => from[at] ?? 0);
		return new TracedText(this.source, kept.map((at) => this.text.charAt(at)).join(''), pick(this.#starts), pick(this.#ends));
	}

	/** The part of the source that stands behind a part of the text that is not empty. */
	place(start: number, end: number): { start: number; end: number } {
		return { start: this.#starts[start] ?? this.source.length, end: this.#ends[end - 1] ?? this.source.length };
	}

	/** The words of the source behind a part of the text. */
	quote(start: number, end: number): string {
		const place = this.place(start, end);
		return this.source.slice(place.start, place.end);
	}
}
