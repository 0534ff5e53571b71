import type { LlamaModel, Token } from 'node-llama-cpp';

/** A character has at most four bytes, each of which can be a token; more than that is no character in the making. */
const longestWait = 4;
/** Tokens before that decide whether a space belongs between two words. */
const looksBack = 4;

/** Turns tokens into text as they come; a character spread over several tokens appears when it is whole. */
export class TokenText {
	readonly #model: Pick<LlamaModel, 'detokenize'>;
	#shown: Token[];
	#waiting: Token[] = [];

	/** `before`: the end of the prompt. */
	constructor(model: Pick<LlamaModel, 'detokenize'>, before: readonly Token[]) {
		this.#model = model;
		this.#shown = before.slice(-looksBack);
	}

	push(token: Token): string {
		this.#waiting.push(token);
		const text = this.#model.detokenize(this.#waiting, false, this.#shown);
		if (text.endsWith('\ufffd') && this.#waiting.length < longestWait) return '';
		this.#shown = [...this.#shown, ...this.#waiting].slice(-looksBack);
		this.#waiting = [];
		return text;
	}

	/** What is left when no more tokens come. */
	rest(): string {
		const text = this.#waiting.length > 0 ? this.#model.detokenize(this.#waiting, false, this.#shown) : '';
		this.#waiting = [];
		return text;
	}
}
