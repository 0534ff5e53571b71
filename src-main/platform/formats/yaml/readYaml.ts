import {
	type Alias as AliasNode,
	Composer,
	type CST,
	isAlias,
	isCollection,
	isMap,
	isPair,
	isScalar,
	Lexer,
	Parser,
	type Document as YamlDocument,
} from 'yaml';
import { deepest, FormatError, tooDeep } from '../FormatError.ts';
import type { Aside, Carried, Document, Entry, Mapping, Reading, Scalar, Sequence, Value } from '../middle.ts';
import type { ReadOptions } from '../options.ts';
import { numberLiteral } from './numberLiteral.ts';
import { isUsualTag, momentType, readingTags, scalarStyles, Verbatim } from './schema.ts';

/**
 * Reads a stream of YAML: every document with its comments, anchors, aliases, tags and duplicates, and every number with its digits.
 * Aliases are kept, not written out, so nothing grows here.
 *
 * @throws FormatError with its offset
 */
export function readYaml(text: string, { yamlVersion = '1.2' }: ReadOptions = {}): Reading {
	const composer = new Composer({
		version: yamlVersion,
		customTags: readingTags,
		resolveKnownTags: false,
		intAsBigInt: true,
		uniqueKeys: false,
		prettyErrors: false,
		logLevel: 'silent',
	});
	const documents: Document[] = [];
	for (const token of tokensOf(text)) for (const document of composer.next(token)) documents.push(...readDocument(document));
	const isOnlyComments = documents.length === 0 && text.trim() !== '';
	for (const document of composer.end(isOnlyComments, text.length)) documents.push(...readDocument(document));
	return { documents };
}

/** The parser's tokens. They are trees that the composer goes down into, so their depth is watched while they grow. */
function* tokensOf(text: string): Generator<CST.Token> {
	const parser = new Parser();
	for (const lexeme of new Lexer().lex(text)) {
		for (const token of parser.next(lexeme)) {
			// The first error ends it: a hostile source has a hundred thousand, and each would be made.
			if (token.type === 'error') throw syntaxError(token.message, token.offset);
			yield token;
		}
		// The document itself stands below them, and a scalar may stand above.
		if (parser.stack.length > deepest + 2) throw tooDeep(parser.offset);
	}
	yield* parser.end();
}

function syntaxError(message: string, offset: number): FormatError {
	return new FormatError('yamlSyntax', message, { offset, detail: message });
}

/** One document, or none where there is only the mark that would end one. */
function readDocument(document: YamlDocument.Parsed): Document[] {
	const [error] = document.errors;
	if (error) throw syntaxError(error.message, error.pos[0]);
	const { contents, commentBefore, comment } = document;
	if (isBareMark(document)) {
		const prolog = comments([commentBefore, contents?.commentBefore, contents?.comment, comment].filter(Boolean).join('\n'));
		return prolog.length === 0 ? [] : [{ root: undefined, prolog }];
	}
	const seen = new Seen();
	const root = readNode(contents, seen);
	const declaration = declarationOf(document, seen);
	return [
		{
			root,
			...(commentBefore && { prolog: comments(commentBefore) }),
			...(comment && { epilog: comments(comment) }),
			...(declaration && { declaration }),
		},
	];
}

/** Tells whether nothing stands before the mark that ends the document: comments perhaps, but no value, not even an empty one. */
function isBareMark({ contents, directives }: YamlDocument.Parsed): boolean {
	if (contents === null) return true;
	return !directives.docStart && isScalar(contents) && contents.source === '' && contents.value === null && !contents.anchor && !contents.tag;
}

/** What the nodes of a document have named so far. */
class Seen {
	readonly anchors = new Set<string>();
	readonly tags = new Set<string>();

	take({ anchor, tag, at }: Carried): void {
		if (anchor !== undefined) this.anchors.add(refuseUnprintable(anchor, at));
		if (tag !== undefined) this.tags.add(tag);
	}
}

/** An anchor as it may stand in YAML (1.2, production 102): the library takes control characters in one, and does not write them. */
function refuseUnprintable(anchor: string, offset = 0): string {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
	if (!/[\u0000-\u0020\s,[\]{}]/.test(anchor)) return anchor;
	throw syntaxError('An anchor must not hold white space or control characters.', offset);
}

/** The directives that something in the document depends on. */
function declarationOf({ directives }: YamlDocument.Parsed, { tags }: Seen): string {
	const used = Object.entries(directives.tags).filter(([handle, prefix]) => handle !== '!!' && [...tags].some((tag) => tag.startsWith(prefix)));
	return [...(directives.yaml.explicit ? [`%YAML ${directives.yaml.version}`] : []), ...used.map(([handle, prefix]) => `%TAG ${handle} ${prefix}`)].join('\n');
}

function comments(text: string): Aside[] {
	return lines(text).map((line) => ({ kind: 'comment', text: line }));
}

function lines(text: string): string[] {
	return text.split('\n').filter((line) => line !== '');
}

function readNode(node: unknown, seen: Seen): Value {
	if (isAlias(node)) return readAlias(node, seen);
	if (isCollection(node)) {
		const { flow, comment, tag, anchor } = node;
		const kind = isMap(node) ? 'mapping' : 'sequence';
		const carried: Carried = {
			...carriedBy(node),
			...(comment && (flow ? { after: lines(comment).join(' ') } : { inside: lines(comment) })),
			...(anchor !== undefined && { anchor }),
			...(tag !== undefined && !isUsualTag(tag, kind) && { tag }),
			...(flow && { style: 'flow' as const }),
		};
		seen.take(carried);
		if (kind === 'sequence') return liftComments({ kind, items: node.items.map((item) => readNode(item, seen)), ...carried });
		return liftComments({ kind, entries: node.items.map((pair) => readPair(pair, seen)), ...carried });
	}
	if (!isScalar(node)) return { kind: 'null' };
	const { comment, anchor } = node;
	const value = readScalar(node.value, node.source ?? '');
	const tag = node.tag === '!' || (node.tag !== undefined && isUsualTag(node.tag, value.kind) && !isBareFloat(node.tag, value)) ? undefined : node.tag;
	const style = styleOf(node.type);
	const carried: Carried = {
		...carriedBy(node),
		...(comment && { after: lines(comment).join(' ') }),
		...(anchor !== undefined && { anchor }),
		...(tag !== undefined && { tag }),
		...(style && value.kind === 'text' && { style }),
	};
	seen.take(carried);
	return { ...value, ...carried };
}

/**
 * Where a comment stands before the first item of a block collection it stands before the collection as well; it is held by the collection, so
 * that what was written again reads the same.
 */
function liftComments<C extends Sequence | Mapping>(collection: C): C {
	const first = collection.kind === 'sequence' ? collection.items[0] : collection.entries[0]?.key;
	if (collection.style === 'flow' || first?.before === undefined) return collection;
	const before = [...(collection.before ?? []), ...first.before];
	delete first.before;
	return { ...collection, before };
}

/** `!!float 1`: without its tag it would be an integer. */
function isBareFloat(tag: string, value: Scalar): boolean {
	return tag.endsWith(':float') && value.kind === 'number' && /^-?[0-9]+$/.test(value.literal);
}

function readAlias(node: AliasNode, seen: Seen): Value {
	const offset = node.range?.[0];
	if (seen.anchors.has(node.source))
		return { kind: 'alias', anchor: node.source, ...carriedBy(node), ...(node.comment && { after: lines(node.comment).join(' ') }) };
	throw new FormatError('aliasUnknown', `Nothing before *${node.source} has this anchor.`, { ...(offset !== undefined && { offset }), detail: node.source });
}

function readPair(pair: unknown, seen: Seen): Entry {
	if (!isPair(pair)) return { key: { kind: 'null' }, value: { kind: 'null' } };
	const key = readNode(pair.key, seen);
	return { key: key.after === undefined || key.kind === 'sequence' || key.kind === 'mapping' ? key : withoutAfter(key), value: readNode(pair.value, seen) };
}

/** A comment behind an explicit key stands above it: behind a key that is no longer explicit it would be taken for the value's. */
function withoutAfter({ after = '', ...key }: Value): Value {
	return { ...key, before: [...(key.before ?? []), after] };
}

function readScalar(value: unknown, source: string): Scalar {
	if (value === null || value === undefined) return { kind: 'null' };
	if (typeof value === 'boolean') return { kind: 'boolean', value };
	if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', ...numberLiteral(source, value) };
	if (value instanceof Uint8Array) return { kind: 'binary', bytes: new Uint8Array(value) };
	if (value instanceof Verbatim) return { kind: 'moment', type: momentType(value.text) ?? 'dateTime', literal: value.text };
	return { kind: 'text', value: String(value) };
}

function carriedBy(node: { range?: [number, number, number] | null | undefined; commentBefore?: string | null | undefined }): Carried {
	return { ...(node.range && { at: node.range[0] }), ...(node.commentBefore && { before: lines(node.commentBefore) }) };
}

function styleOf(type: string | undefined): Carried['style'] {
	for (const [style, name] of Object.entries(scalarStyles) as [keyof typeof scalarStyles, string][]) if (name === type) return style;
	return undefined;
}
