import { FormatError } from '../FormatError.ts';
import type { Doctype } from './readDoctype.ts';
import { referredCharacter } from './readDoctype.ts';

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** So many characters may come of all the entities of a document together. What is more was made to fill the memory. */
const mostExpanded = 1_000_000;

/** The most that entities may refer to one another in a row. */
const longestChain = 20;

/**
 * What the entities of a document type stand for. Those that are text are replaced by it, up to `mostExpanded` characters; those that lie in
 * files outside, that hold markup or that hold themselves are refused where they are used.
 */
export class Entities {
	readonly #declared: Doctype['entities'];
	#expanded = 0;

	constructor(declared: Doctype['entities']) {
		this.#declared = declared;
	}

	/** @throws FormatError, without a place */
	textOf(name: string, chain: readonly string[] = []): string {
		if (!this.#declared.has(name)) throw unknownEntity(name);
		const replacement = this.#declared.get(name);
		if (replacement === undefined) throw new FormatError('externalEntity', `&${name}; lies outside of the document and is not loaded.`, { detail: name });
		if (chain.includes(name) || chain.length >= longestChain) throw new FormatError('entityLoop', `&${name}; holds itself.`, { detail: name });
		if (replacement.includes('<')) throw new FormatError('entityMarkup', `&${name}; stands for markup, which is not replaced.`, { detail: name });
		this.#expanded += replacement.length + 1;
		if (this.#expanded > mostExpanded) {
			throw new FormatError('entityBomb', `The entities of this document stand for more than ${mostExpanded} characters.`, { detail: name });
		}
		return replacement.replace(/&([^;]*);?/g, (_, inner: string) => this.#reference(inner, [...chain, name]));
	}

	#reference(name: string, chain: readonly string[]): string {
		const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name) ?? [];
		if (hex !== undefined || decimal !== undefined) {
			const character = referredCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
			if (character === undefined) throw unknownEntity(name);
			return character;
		}
		return Object.hasOwn(predefined, name) ? (predefined[name] ?? '') : this.textOf(name, chain);
	}
}

function unknownEntity(name: string): FormatError {
	return new FormatError('unknownEntity', `&${name}; is not declared.`, { detail: name });
}
