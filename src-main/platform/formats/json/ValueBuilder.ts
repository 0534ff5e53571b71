import type { Mapping, Sequence, Text, Value } from '../middle.ts';
import type { JsonToken, JsonTokenizer } from './JsonTokenizer.ts';

/** Makes values of tokens: of a whole document, or of one record after another out of a stream. */
export class ValueBuilder {
	readonly #open: (Mapping | Sequence)[] = [];
	readonly #keys: Text[] = [];

	/** Takes one token with what the tokenizer says of it; answers with the value when it closes the outermost one. */
	take(token: JsonToken, tokenizer: JsonTokenizer): Value | undefined {
		const { at } = tokenizer;
		switch (token) {
			case 'key':
				this.#keys.push({ kind: 'text', value: tokenizer.text, at });
				return undefined;
			case 'string':
				return this.#put({ kind: 'text', value: tokenizer.text, at });
			case 'number':
				return this.#put({ kind: 'number', literal: tokenizer.text, at });
			case 'true':
			case 'false':
				return this.#put({ kind: 'boolean', value: token === 'true', at });
			case 'null':
				return this.#put({ kind: 'null', at });
			case 'beginObject':
				this.#open.push({ kind: 'mapping', entries: [], at });
				return undefined;
			case 'beginArray':
				this.#open.push({ kind: 'sequence', items: [], at });
				return undefined;
			case 'endObject':
			case 'endArray': {
				const closed = this.#open.pop();
				return closed && this.#put(closed);
			}
			default:
				return undefined;
		}
	}

	#put(value: Value): Value | undefined {
		const parent = this.#open[this.#open.length - 1];
		if (parent === undefined) return value;
		if (parent.kind === 'sequence') parent.items.push(value);
		else {
			const key = this.#keys.pop();
			if (key) parent.entries.push({ key, value });
		}
		return undefined;
	}
}
