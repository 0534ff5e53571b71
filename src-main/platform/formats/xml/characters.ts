/** What a name may begin with, and what may follow (XML 1.0, fifth edition, productions 4 and 4a). */
const nameStart =
	':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const nameRest = `${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;

/** The production Name, as a part of a larger expression with the flag `u`. */
export const namePattern = `[${nameStart}][${nameRest}]*`;
/** The production Nmtoken. */
export const tokenPattern = `[${nameRest}]+`;

const name = new RegExp(`^${namePattern}$`, 'u');
const startCharacter = new RegExp(`^[${nameStart}]$`, 'u');
const restCharacter = new RegExp(`^[${nameRest}]$`, 'u');

/** Tells whether an element or an attribute may be called this. */
export function isXmlName(text: string): boolean {
	return name.test(text);
}

export function isNameStart(character: string): boolean {
	return startCharacter.test(character);
}

export function isNameCharacter(character: string): boolean {
	return restCharacter.test(character);
}

/** The first character that no document of XML 1.0 can hold, also not as a reference: most controls, halves of surrogate pairs, U+FFFE and U+FFFF. */
export function forbiddenCharacterIn(text: string): { at: number; character: string } | undefined {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
	const found = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/u.exec(text);
	return found === null ? undefined : { at: found.index, character: found[0] };
}

/** U+0000 as people write it. */
export function codePointName(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
