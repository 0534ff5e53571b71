/** What may be shown of a text, and whether it has come to its end. */
export interface Filtered {
	text: string;
	stopped: boolean;
}

/**
 * Ends a streamed text before the first of several stop texts.
 *
 * A stop text may come in any number of pieces: what could be the start of one is held back until it is clear that it is not, so
 * no part of a stop text is ever shown. Call `rest` when the text has ended by itself.
 */
export class StopFilter {
	readonly #stops: readonly string[];
	#held = '';

	constructor(stops: readonly string[]) {
		this.#stops = stops.filter((stop) => stop !== '');
	}

	push(piece: string): Filtered {
		const text = this.#held + piece;
		const ends = this.#stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
		if (ends.length > 0) {
			this.#held = '';
			return { text: text.slice(0, Math.min(...ends)), stopped: true };
		}
		const keep = Math.max(0, ...this.#stops.map((stop) => overlap(text, stop)));
		this.#held = text.slice(text.length - keep);
		return { text: text.slice(0, text.length - keep), stopped: false };
	}

	rest(): string {
		const text = this.#held;
		this.#held = '';
		return text;
	}
}

/** Length of the longest end of `text` that `stop` begins with. */
function overlap(text: string, stop: string): number {
	for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
		if (text.endsWith(stop.slice(0, length))) return length;
	}
	return 0;
}
