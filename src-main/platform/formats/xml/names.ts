import { isNameCharacter, isNameStart, isXmlName } from './characters.ts';

/**
 * Makes an XML name of any text: a character that may not stand in a name is written `_xHHHH_` with its code point, as ISO 9075-14 does, and
 * the empty text is `_x_`. A text that reads like such an escape has its underscore escaped, so that `unescapedName` gives every text back.
 *
 * `hasPrefix` leaves the first colon alone, for a name that has a declared prefix.
 */
export function escapedName(text: string, hasPrefix = false): string {
	if (text === '') return '_x_';
	if (/^[A-Za-z][\w-]*$/.test(text) && !text.includes('_x')) return text;
	if (hasPrefix) {
		const colon = text.indexOf(':');
		return `${escapedName(text.slice(0, colon))}:${escapedName(text.slice(colon + 1))}`;
	}
	let name = '';
	let at = 0;
	for (const character of text) {
		const isFine = character !== ':' && (at === 0 ? isNameStart(character) : isNameCharacter(character));
		name += isFine && !(character === '_' && escapeAhead.test(text.slice(at))) ? character : `_x${hex(character)}_`;
		at += character.length;
	}
	return name;
}

const escapeAhead = /^_x(?:[0-9A-F]{4,6})?_/;

function hex(character: string): string {
	return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** The text that `escapedName` made the name of. A name that it did not make stays as it is. */
export function unescapedName(name: string): string {
	if (!name.includes('_x')) return name;
	const colon = name.indexOf(':');
	if (colon !== -1) return `${unescapedName(name.slice(0, colon))}:${unescapedName(name.slice(colon + 1))}`;
	const text = name === '_x_' ? '' : name.replace(/_x([0-9A-F]{4,6})_/g, (found, code: string) => characterOf(Number.parseInt(code, 16)) ?? found);
	return escapedName(text) === name ? text : name;
}

function characterOf(code: number): string | undefined {
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Tells whether a key is a name as it stands, also with one colon between two names. */
export function isQualifiedName(text: string): boolean {
	const parts = text.split(':');
	return parts.length <= 2 && parts.every((part) => isXmlName(part));
}
