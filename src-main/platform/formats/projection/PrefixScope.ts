import type { Mapping, Value } from '../middle.ts';
import { forbiddenCharacterIn, isXmlName } from '../xml/characters.ts';
import { isQualifiedName } from '../xml/names.ts';
import { type Convention, markNamespace } from './markupConvention.ts';
import { keyText } from './SpecialKeys.ts';

/** No prefix may be declared for these; marks declare their own. */
const reservedNamespaces = ['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/', markNamespace];

/** Which prefixes of namespaces are declared where an element is made. */
export class PrefixScope {
	readonly #by: Convention;
	readonly #prefixes = new Map<string, number>([['xml', 1]]);

	constructor(convention: Convention) {
		this.#by = convention;
	}

	/** Prefixes that a mapping declares are good for its own name as well. */
	enter({ entries }: Mapping): string[] {
		const start = `${this.#by.attributePrefix}xmlns:`;
		const declared = entries.flatMap(({ key, value }) => {
			const name = keyText(key);
			return name.startsWith(start) && this.isDeclaration(name.slice(this.#by.attributePrefix.length), value) ? [name.slice(start.length)] : [];
		});
		for (const prefix of declared) this.#prefixes.set(prefix, (this.#prefixes.get(prefix) ?? 0) + 1);
		return declared;
	}

	/** Leaves the element whose declarations `enter` answered with. */
	leave(declared: readonly string[]): void {
		for (const prefix of declared) this.#prefixes.set(prefix, (this.#prefixes.get(prefix) ?? 1) - 1);
	}

	/** Whether a key has a prefix that is declared where it stands. */
	has(key: string): boolean {
		const colon = key.indexOf(':');
		return colon > 0 && isQualifiedName(key) && (this.#prefixes.get(key.slice(0, colon)) ?? 0) > 0;
	}

	/** Tells whether an attribute may declare a namespace like this (Namespaces in XML 1.0, 3). */
	isDeclaration(name: string, value: Value): boolean {
		if (this.#by.whole) return /^xmlns(?:$|:)/.test(name);
		if (value.kind !== 'text' || reservedNamespaces.includes(value.value.trim()) || forbiddenCharacterIn(value.value)) return false;
		const [xmlns, prefix, more] = name.split(':');
		if (xmlns !== 'xmlns' || more !== undefined) return false;
		return prefix === undefined || (isXmlName(prefix) && !/^xml/i.test(prefix) && value.value.trim() !== '');
	}
}
