/**
 * Finds the end of a JSON object or array in a streamed text, so that an answer in JSON ends with its last bracket and not with
 * the white space that the grammar allows after it. A bare string, number or word has no end of its own and is left to the grammar.
 */
export class JsonEnd {
	#depth = 0;
	#inString = false;
	#escaped = false;

	/** The part of `piece` that belongs to the value, and whether the value is whole. */
	push(piece: string): { text: string; ended: boolean } {
		for (let i = 0; i < piece.length; i++) {
			if (this.#take(piece[i])) return { text: piece.slice(0, i + 1), ended: true };
		}
		return { text: piece, ended: false };
	}

	#take(char: string | undefined): boolean {
		if (this.#inString) {
			if (this.#escaped) this.#escaped = false;
			else if (char === '\\') this.#escaped = true;
			else if (char === '"') this.#inString = false;
			return false;
		}
		if (char === '"') this.#inString = true;
		else if (char === '{' || char === '[') this.#depth++;
		else if (char === '}' || char === ']') return --this.#depth === 0;
		return false;
	}
}
