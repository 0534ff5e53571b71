import { FormatError } from '../FormatError.ts';
import { namePattern, tokenPattern } from './characters.ts';

/** What a document type declares that a reader needs. */
export interface Doctype {
	/** Of the root element. */
	name: string;
	/** It names a file outside, which is never loaded. */
	isExternal: boolean;
	/** The replacement text of each internal entity, by name, as the first declaration has it; undefined for one that lies in a file outside. */
	entities: Map<string, string | undefined>;
	/** Some attributes have a default value, which a reader that knows the type would add. */
	hasDefaults: boolean;
}

const s = '[\\x20\\x09\\x0D\\x0A]+';
const space = `(?:${s})?`;
const literal = `(?:"[^"]*"|'[^']*')`;
const publicLiteral = `(?:"[-\\x20\\x0D\\x0Aa-zA-Z0-9'()+,./:=?;!*#@$_%]*"|'[-\\x20\\x0D\\x0Aa-zA-Z0-9()+,./:=?;!*#@$_%]*')`;
const externalId = `(?:SYSTEM${s}${literal}|PUBLIC${s}${publicLiteral}${s}${literal})`;
const reference = `&(?:${namePattern}|#[0-9]+|#x[0-9a-fA-F]+);`;
/** A `%` would begin a parameter entity, which may not stand inside a declaration of the internal subset. */
const entityValue = `(?:"(?:[^%&"]|${reference})*"|'(?:[^%&']|${reference})*')`;
const attributeValue = `(?:"(?:[^<&"]|${reference})*"|'(?:[^<&']|${reference})*')`;
const attributeType = [
	'CDATA|IDREFS?|ID|ENTITY|ENTITIES|NMTOKENS?',
	`NOTATION${s}\\(${space}${namePattern}(?:${space}\\|${space}${namePattern})*${space}\\)`,
	`\\(${space}${tokenPattern}(?:${space}\\|${space}${tokenPattern})*${space}\\)`,
].join('|');
const oneAttribute = `${s}${namePattern}${s}(?:${attributeType})${s}(?:#REQUIRED|#IMPLIED|(?:#FIXED${s})?${attributeValue})`;
const mixedModel = `\\(${space}#PCDATA(?:(?:${space}\\|${space}${namePattern})*${space}\\)\\*|${space}\\))`;

const sticky = (source: string) => new RegExp(source, 'uy');
const heading = sticky(`${s}(${namePattern})(?:${s}(${externalId}))?${space}`);
const spaceOrReference = sticky(`${s}|%${namePattern};`);
const comment = sticky('<!--(?:(?!--)[^])*-->');
const instruction = sticky(`<\\?(?!xml[\\s?])(${namePattern})(?:\\?>|${s}(?:(?!\\?>)[^])*\\?>)`);
const element = sticky(`<!ELEMENT${s}${namePattern}${s}(?:EMPTY|ANY|${mixedModel}|(\\())`);
const elementEnd = sticky(`${space}>`);
const attributes = sticky(`<!ATTLIST${s}${namePattern}((?:${oneAttribute})*)${space}>`);
const notation = sticky(`<!NOTATION${s}${namePattern}${s}(?:${externalId}|PUBLIC${s}${publicLiteral})${space}>`);
const generalEntity = sticky(`<!ENTITY${s}(${namePattern})${s}(?:(${entityValue})|${externalId}(?:${s}NDATA${s}${namePattern})?)${space}>`);
const parameterEntity = sticky(`<!ENTITY${s}%${s}${namePattern}${s}(?:${entityValue}|${externalId})${space}>`);
const subsetEnd = sticky(`\\]${space}$`);

/**
 * Reads what stands between `<!DOCTYPE` and its `>` by the grammar of XML 1.0 (productions 28 to 83). Nothing outside is loaded.
 *
 * @throws FormatError `badDoctype` with the offset in `text`
 */
export function readDoctype(text: string): Doctype {
	const head = match(heading, text, 0);
	if (head === null) throw badDoctype(text, 0);
	const doctype: Doctype = { name: head[1] ?? '', isExternal: head[2] !== undefined, entities: new Map(), hasDefaults: false };
	let at = heading.lastIndex;
	if (at === text.length) return doctype;
	if (text[at] !== '[') throw badDoctype(text, at);
	at++;
	while (match(subsetEnd, text, at) === null) at = readDeclaration(text, at, doctype);
	return doctype;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/** Takes in one declaration of the internal subset; answers with where the next begins. */
function readDeclaration(text: string, at: number, doctype: Doctype): number {
	for (const pattern of [spaceOrReference, comment, parameterEntity, notation]) if (match(pattern, text, at) !== null) return pattern.lastIndex;
	const target = match(instruction, text, at)?.[1];
	if (target !== undefined && target.toLowerCase() !== 'xml') return instruction.lastIndex;
	const declared = match(attributes, text, at);
	if (declared !== null) {
		doctype.hasDefaults ||= /["']/.test(declared[1] ?? '');
		return attributes.lastIndex;
	}
	const entity = match(generalEntity, text, at);
	if (entity !== null) {
		const [, name = '', value] = entity;
		if (!doctype.entities.has(name)) doctype.entities.set(name, value === undefined ? undefined : replacementText(value.slice(1, -1), text, at));
		return generalEntity.lastIndex;
	}
	const model = match(element, text, at);
	if (model === null) throw badDoctype(text, at);
	return model[1] === undefined ? endOf(elementEnd, text, element.lastIndex) : endOf(elementEnd, text, contentModelEnd(text, element.lastIndex));
}

function endOf(pattern: RegExp, text: string, at: number): number {
	if (match(pattern, text, at) === null) throw badDoctype(text, at);
	return pattern.lastIndex;
}

const particle = sticky(`${space}(?:(\\()|${namePattern}[?*+]?)`);
const afterParticle = sticky(`${space}(?:([|,])|\\)[?*+]?)`);

/** Reads `a, (b | c)*, d)?` after its opening parenthesis (productions 47 to 50): one group holds one kind of separator. */
function contentModelEnd(text: string, start: number): number {
	const separators: (string | undefined)[] = [undefined];
	let at = start;
	for (;;) {
		const found = match(particle, text, at);
		if (found === null) throw badDoctype(text, at);
		at = particle.lastIndex;
		if (found[1] !== undefined) {
			separators.push(undefined);
			continue;
		}
		for (;;) {
			const after = match(afterParticle, text, at);
			if (after === null) throw badDoctype(text, at);
			const separator = after[1];
			if (separator !== undefined) {
				const used = separators.at(-1);
				if (used !== undefined && used !== separator) throw badDoctype(text, at);
				separators[separators.length - 1] = separator;
				at = afterParticle.lastIndex;
				break;
			}
			separators.pop();
			at = afterParticle.lastIndex;
			if (separators.length === 0) return at;
		}
	}
}

/** References to characters are taken in where an entity is declared, those to entities where it is used (XML 1.0, 4.5). */
function replacementText(value: string, text: string, at: number): string {
	return value.replace(/&#(?:x([0-9a-fA-F]+)|([0-9]+));/g, (_, hex: string | undefined, decimal: string | undefined) => {
		const character = referredCharacter(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
		if (character === undefined) throw badDoctype(text, at);
		return character;
	});
}

/** The character that a reference names, where XML 1.0 has it (production 2). */
export function referredCharacter(code: number): string | undefined {
	const isCharacter = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd);
	return isCharacter || (code >= 0x10000 && code <= 0x10ffff) ? String.fromCodePoint(code) : undefined;
}

function badDoctype(text: string, offset: number): FormatError {
	const detail = text.slice(offset, offset + 40);
	return new FormatError('badDoctype', `The document type is not well-formed at ${JSON.stringify(detail)}.`, { offset, detail });
}
