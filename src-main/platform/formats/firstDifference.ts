import { dataPath, type Step } from './dataPath.ts';
import type { Aside, Carried, Document, Element, Reading, Value } from './middle.ts';

/** The first place where two readings differ. */
export interface Difference {
	path: string;
	was: string;
	became: string;
}

/** What may be overlooked. */
export interface Overlooking {
	/** White space between elements, which is there for the eye where an element holds no other text. */
	formatting?: boolean;
	/**
	 * How a number was written that has another form in JSON, whether a comment stands in a container at its end or behind it, and which encoding XML
	 * was in.
	 */
	spelling?: boolean;
}

/**
 * Compares what two readings mean and carry: values, digits, order, duplicates, comments, anchors, tags, asides. Where things stood and how they
 * were styled does not count. Answers with the first difference, undefined where there is none.
 */
export function firstDifference(was: Reading, became: Reading, overlooking: Overlooking = {}): Difference | undefined {
	const several = was.documents.length > 1;
	for (let index = 0; index < Math.max(was.documents.length, became.documents.length); index++) {
		const difference = ofDocuments(was.documents[index], became.documents[index], several ? [index] : [], overlooking);
		if (difference) return difference;
	}
	return undefined;
}

function ofDocuments(was: Document | undefined, became: Document | undefined, steps: Step[], overlooking: Overlooking): Difference | undefined {
	if (was === undefined || became === undefined) return differs(steps, was ? 'a document' : 'nothing', became ? 'a document' : 'nothing');
	return (
		ofTexts(steps, declared(was, overlooking), declared(became, overlooking)) ??
		ofTexts(steps, asideText(was.prolog, overlooking), asideText(became.prolog, overlooking)) ??
		ofValues(was.root, became.root, steps, overlooking) ??
		ofTexts(steps, asideText(was.epilog, overlooking), asideText(became.epilog, overlooking))
	);
}

/** What a document declares. That it is XML 1.0, and in which encoding it was, is a matter of how it is written. */
function declared({ declaration }: Document, { spelling }: Overlooking): string | undefined {
	if (!spelling || declaration === undefined) return declaration;
	const said = declaration.replace(/(?:^|\s)(?:version\s*=\s*(["'])1\.0\1|encoding\s*=\s*(["']).*?\2)/g, '').trim();
	return said === '' ? undefined : said;
}

function ofValues(was: Value | undefined, became: Value | undefined, steps: Step[], overlooking: Overlooking): Difference | undefined {
	if (was === became) return undefined;
	if (was === undefined || became === undefined || was.kind !== became.kind) return differs(steps, shown(was), shown(became));
	return ofTexts(steps, carriedText(was, overlooking), carriedText(became, overlooking)) ?? ofContents(was, became, steps, overlooking);
}

/** Tells whether two values mean and carry the same, white space between elements overlooked. */
export function isSameValue(a: Value, b: Value): boolean {
	return ofValues(a, b, [], { formatting: true, spelling: true }) === undefined;
}

function ofContents(was: Value, became: Value, steps: Step[], overlooking: Overlooking): Difference | undefined {
	if (was.kind === 'sequence' && became.kind === 'sequence') {
		for (let index = 0; index < Math.max(was.items.length, became.items.length); index++) {
			const difference = ofValues(was.items[index], became.items[index], [...steps, index], overlooking);
			if (difference) return difference;
		}
		return undefined;
	}
	if (was.kind === 'mapping' && became.kind === 'mapping') {
		for (let index = 0; index < Math.max(was.entries.length, became.entries.length); index++) {
			const [before, after] = [was.entries[index], became.entries[index]];
			const difference =
				ofValues(before?.key, after?.key, steps, overlooking) ?? ofValues(before?.value, after?.value, [...steps, keyName(before?.key)], overlooking);
			if (difference) return difference;
		}
		return undefined;
	}
	if (was.kind === 'element' && became.kind === 'element') return ofElements(was, became, steps, overlooking);
	if (was.kind === 'number' && became.kind === 'number' && !overlooking.spelling) {
		return ofTexts(steps, was.written, became.written) ?? ofTexts(steps, was.literal, became.literal);
	}
	return ofTexts(steps, shown(was), shown(became));
}

function ofElements(was: Element, became: Element, steps: Step[], overlooking: Overlooking): Difference | undefined {
	const inner = [...steps, was.name];
	const heads = ofTexts(steps, tagText(was), tagText(became));
	if (heads) return heads;
	const [contentWas, contentBecame] = [contentOf(was, overlooking), contentOf(became, overlooking)];
	for (let index = 0; index < Math.max(contentWas.length, contentBecame.length); index++) {
		const [before, after] = [contentWas[index], contentBecame[index]];
		const difference =
			before?.kind === 'element' && after?.kind === 'element'
				? ofElements(before, after, inner, overlooking)
				: ofTexts(inner, contentText(before), contentText(after));
		if (difference) return difference;
	}
	return undefined;
}

function ofTexts(steps: Step[], was: string | undefined, became: string | undefined): Difference | undefined {
	return was === became ? undefined : differs(steps, was ?? '', became ?? '');
}

function differs(steps: Step[], was: string, became: string): Difference {
	return { path: dataPath(steps), was: was.slice(0, 200), became: became.slice(0, 200) };
}

/** What counts in an element. */
function contentOf({ content }: Element, { formatting }: Overlooking): Element['content'] {
	const isFormatted =
		formatting && content.every((part) => part.kind !== 'characters' || part.text.trim() === '') && content.some(({ kind }) => kind === 'element');
	return isFormatted ? content.filter(({ kind }) => kind !== 'characters') : content;
}

function keyName(key: Value | undefined): string {
	return key?.kind === 'text' ? key.value : shown(key);
}

function tagText({ name, attributes }: Element): string {
	return `<${[name, ...attributes.map((attribute) => `${attribute.name}=${JSON.stringify(attribute.value)}`)].join(' ')}>`;
}

function contentText(content: Element | Aside | undefined): string | undefined {
	if (content === undefined) return undefined;
	return content.kind === 'element' ? tagText(content) : asideText([content]);
}

function asideText(asides: readonly Aside[] = [], { formatting }: Overlooking = {}): string | undefined {
	const told = formatting ? asides.filter(({ kind }) => kind !== 'characters') : asides;
	if (told.length === 0) return undefined;
	return told.map((aside) => `${aside.kind}: ${aside.kind === 'instruction' ? `${aside.target} ` : ''}${aside.text}`).join('\n');
}

function carriedText({ before, after, inside, anchor, tag }: Carried, { spelling }: Overlooking): string {
	const last = spelling ? ['#', '#'] : ['…#', '#…'];
	return [
		...(before ?? []).map((comment) => `#${comment}`),
		...(inside ?? []).map((comment) => last[0] + comment),
		...(after === undefined ? [] : [last[1] + after]),
		...(anchor === undefined ? [] : [`&${anchor}`]),
		...(tag === undefined ? [] : [tag]),
	].join(' ');
}

function shown(value: Value | undefined): string {
	switch (value?.kind) {
		case undefined:
			return 'nothing';
		case 'null':
			return 'null';
		case 'boolean':
			return String(value.value);
		case 'number':
			return value.literal;
		case 'text':
			return JSON.stringify(value.value);
		case 'moment':
			return value.literal;
		case 'binary':
			return Buffer.from(value.bytes).toString('base64');
		case 'alias':
			return `*${value.anchor}`;
		case 'element':
			return tagText(value);
		case 'sequence':
			return `a sequence of ${value.items.length}`;
		case 'mapping':
			return `a mapping of ${value.entries.length}`;
	}
}
