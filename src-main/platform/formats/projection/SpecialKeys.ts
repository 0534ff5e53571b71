import type { Entry, Sequence, Value } from '../middle.ts';
import { isXmlName } from '../xml/characters.ts';
import type { Convention } from './markupConvention.ts';

/** Tells which keys of data are more than names of elements, by the convention. */
export class SpecialKeys {
	readonly #by: Convention;

	constructor(convention: Convention) {
		this.#by = convention;
	}

	/** Whether a key stands for something else than an element. */
	isSpecial(key: string): boolean {
		const { attributePrefix, textKey, contentKey, commentKey, cdataKey, doctypeKey, instructionPrefix } = this.#by;
		return [textKey, contentKey, commentKey, cdataKey, doctypeKey].includes(key) || key.startsWith(attributePrefix) || key.startsWith(instructionPrefix);
	}

	/** Whether an entry is a comment or an instruction, or several. */
	isAsideEntry({ key, value }: Entry): boolean {
		const name = keyText(key);
		const isAside = name === this.#by.commentKey || this.isTarget(name);
		return isAside && (value.kind === 'text' || (value.kind === 'sequence' && value.items.length > 1 && value.items.every(({ kind }) => kind === 'text')));
	}

	/** Whether a key names an instruction. */
	isTarget(key: string): boolean {
		const target = key.slice(this.#by.instructionPrefix.length);
		return key.startsWith(this.#by.instructionPrefix) && isXmlName(target) && !/^xml$/i.test(target);
	}

	/** Whether the value of a `#content` is one by the convention: texts that do not touch, and mappings of one part each. */
	isContent({ items }: Sequence): boolean {
		return items.every((item, index) => {
			if (item.kind === 'text') return item.value !== '' && items[index - 1]?.kind !== 'text';
			const [only, second] = item.kind === 'mapping' ? item.entries : [];
			if (only === undefined || second !== undefined) return false;
			const key = keyText(only.key);
			if (!this.isSpecial(key)) return only.value.kind !== 'sequence';
			return only.value.kind === 'text' && ([this.#by.commentKey, this.#by.cdataKey, this.#by.doctypeKey].includes(key) || this.isTarget(key));
		});
	}
}

/** A key as text; what was reduced for markup has no others. */
export function keyText(key: Value): string {
	if (key.kind !== 'text') throw new TypeError(`Markup is not made of a key of the kind ${key.kind}.`);
	return key.value;
}
