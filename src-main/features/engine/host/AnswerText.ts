import type { LlamaModel, Token } from 'node-llama-cpp';
import { JsonEnd } from './JsonEnd.ts';
import { StopFilter } from './StopFilter.ts';
import { TokenText } from './TokenText.ts';

export interface AnswerTextOptions {
	model: LlamaModel;
	/** The tokens before it. */
	before: readonly Token[];
	stopTexts: readonly string[];
	/** Texts at which it is an answer no longer, as where a call begins. */
	marks: readonly string[];
	isJson: boolean;
	/** White space at its start says nothing. */
	trimStart: boolean;
}

/** From tokens to the text that may be shown: whole characters, nothing of a stop text, nothing after the end of a JSON value or from a mark on. */
export class AnswerText {
	readonly #tokens: TokenText;
	readonly #marks: StopFilter;
	readonly #stops: StopFilter;
	readonly #json: JsonEnd | null;
	#trimming: boolean;
	#beforeMark = '';

	constructor({ model, before, stopTexts, marks, isJson, trimStart }: AnswerTextOptions) {
		this.#tokens = new TokenText(model, before);
		this.#marks = new StopFilter(marks);
		this.#stops = new StopFilter(stopTexts);
		this.#json = isJson ? new JsonEnd() : null;
		this.#trimming = trimStart;
	}

	/** All up to a mark, as the model wrote it. */
	get beforeMark(): string {
		return this.#beforeMark;
	}

	push(token: Token): { text: string; stopped: boolean; marked: boolean } {
		const { text, stopped: marked } = this.#marks.push(this.#tokens.push(token));
		this.#beforeMark += text;
		const whole = this.#json?.push(text) ?? { text, ended: false };
		const filtered = this.#stops.push(whole.text);
		if ((whole.ended || marked) && !filtered.stopped) return { text: this.#trim(filtered.text + this.#stops.rest()), stopped: true, marked };
		return { text: this.#trim(filtered.text), stopped: filtered.stopped, marked: false };
	}

	rest(): string {
		const filtered = this.#stops.push(this.#marks.rest() + this.#tokens.rest());
		return this.#trim(filtered.stopped ? filtered.text : filtered.text + this.#stops.rest());
	}

	#trim(text: string): string {
		if (!this.#trimming) return text;
		const trimmed = text.trimStart();
		if (trimmed !== '') this.#trimming = false;
		return trimmed;
	}
}
