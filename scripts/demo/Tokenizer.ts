import type { GgufValue } from '../../src-main/features/library/gguf/ggufValue.ts';
import { byteCharacters, byteTextOf } from './byteTexts.ts';

/** Two neighbouring tokens, in GPT-2's byte characters, that become one. */
export type Merge = readonly [left: string, right: string];

/** What no text of a user ever becomes. */
export const controlTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const;
export type ControlToken = (typeof controlTokens)[number];

/** llama.cpp's numbers for what a token is (`llama_token_type`). */
const tokenType = { normal: 1, control: 3 };

/** Chat in the ChatML form. */
const chatTemplate =
	"{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}" +
	"{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/**
 * Byte-level BPE, as llama.cpp has it for `tokenizer.ggml.pre` = `superbpe`: a text is cut at numbers alone, and those into threes from
 * their end, so that a token may reach over spaces. Rules of a prompt that always stay the same are few tokens then.
 */
export class Tokenizer {
	readonly #merges: readonly Merge[];
	readonly #tokens: readonly string[];
	readonly #ids: ReadonlyMap<string, number>;
	readonly #ranks: ReadonlyMap<string, number>;
	readonly #known = new Map<string, readonly number[]>();

	constructor(merges: readonly Merge[]) {
		this.#merges = merges;
		this.#tokens = [...controlTokens, ...byteCharacters(), ...merges.map(([left, right]) => left + right)];
		this.#ids = new Map(this.#tokens.map((token, id) => [token, id]));
		this.#ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank]));
	}

	get size(): number {
		return this.#tokens.length;
	}

	control(token: ControlToken): number {
		return controlTokens.indexOf(token);
	}

	/** The tokens of a text; whatever it contains, none of them is a control token. */
	encode(text: string): number[] {
		return cutAtNumbers(text).flatMap((part) => this.#encodePart(part));
	}

	/** The tokenizer's part of a GGUF file's metadata, with a ChatML template; `<|im_end|>` ends an answer. */
	metadata(): Record<string, GgufValue> {
		const idOf = (token: ControlToken): GgufValue => ({ type: 'uint32', value: this.control(token) });
		return {
			'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
			'tokenizer.ggml.pre': { type: 'string', value: 'superbpe' },
			'tokenizer.ggml.tokens': { type: 'array', of: 'string', values: [...this.#tokens] },
			'tokenizer.ggml.token_type': {
				type: 'array',
				of: 'int32',
				values: this.#tokens.map((_, id) => (id < controlTokens.length ? tokenType.control : tokenType.normal)),
			},
			'tokenizer.ggml.merges': { type: 'array', of: 'string', values: this.#merges.map(([left, right]) => `${left} ${right}`) },
			'tokenizer.ggml.bos_token_id': idOf('<|endoftext|>'),
			'tokenizer.ggml.eos_token_id': idOf('<|im_end|>'),
			'tokenizer.ggml.eot_token_id': idOf('<|im_end|>'),
			'tokenizer.ggml.padding_token_id': idOf('<|endoftext|>'),
			'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
			'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
			'tokenizer.chat_template': { type: 'string', value: chatTemplate },
		};
	}

	#encodePart(part: string): readonly number[] {
		const known = this.#known.get(part);
		if (known) return known;
		// Every byte is a token, and so is what two of them merge into.
		const ids = this.#merged([...byteTextOf(part)]).map((token) => this.#ids.get(token) ?? -1);
		this.#known.set(part, ids);
		return ids;
	}

	/** Joins the pair that was learnt first, everywhere, until none is left. */
	#merged(tokens: readonly string[]): readonly string[] {
		let best: Merge | null = null;
		let bestRank = Infinity;
		for (let i = 0; i + 1 < tokens.length; i++) {
			const rank = this.#ranks.get(`${tokens[i]} ${tokens[i + 1]}`) ?? Infinity;
			if (rank < bestRank) [best, bestRank] = [this.#merges[rank] ?? null, rank];
		}
		return best ? this.#merged(joinPair(tokens, best)) : tokens;
	}
}

/** Cuts a text before and after each number, and numbers into threes from their end. */
function cutAtNumbers(text: string): string[] {
	return text.split(/(\p{N}+)/u).flatMap((part) => (/^\p{N}/u.test(part) ? part.split(/(?=(?:\d{3})+(?!\d))/) : part === '' ? [] : [part]));
}

/** Replaces each occurrence of a pair, from the left, by what it merges into. */
export function joinPair(tokens: readonly string[], [left, right]: Merge): string[] {
	const joined: string[] = [];
	for (let i = 0; i < tokens.length; i++) {
		if (tokens[i] === left && tokens[i + 1] === right) {
			joined.push(left + right);
			i++;
		} else joined.push(tokens[i] ?? '');
	}
	return joined;
}
