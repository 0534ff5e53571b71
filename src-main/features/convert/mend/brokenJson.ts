import { FormatError } from '../../../platform/formats/FormatError.ts';
import { JsonTokenizer } from '../../../platform/formats/json/JsonTokenizer.ts';
import type { BrokenPart } from './brokenPart.ts';

/** A container that is open where the source breaks off, and where the item of it begins that is being read. */
interface Open {
	isObject: boolean;
	itemAt: number;
}

/** So far behind the end of a part it is read whether the rest is right. */
const lookAhead = 20_000;
/** So many ends are tried of a part. */
const mostEnds = 400;

/** So many tokens are to be right behind a part; what comes then may be the next broken one. */
const enoughTokens = 3;

type Found = Pick<BrokenPart, 'at' | 'end' | 'holds' | 'closing'>;

/**
 * The broken part of JSON: whole items of an array, or whole members of an object, so that what is written in their place cannot touch what stands
 * around them. It is the smallest behind which the source can be read furthest. Null where that has more than `most` characters.
 */
export function brokenJson(content: string, most: number): Found | null {
	const { open, brokenAt } = readUntilBroken(content);
	for (let depth = open.length; depth > 0; depth--) {
		const inner = open[depth - 1];
		if (!inner || brokenAt - inner.itemAt > most) break;
		const around = open.slice(0, depth);
		for (const end of endsFrom(content, Math.max(brokenAt, inner.itemAt), inner.itemAt + most)) {
			if (!isReadBehind(around, content, end)) continue;
			return { at: inner.itemAt, end, holds: inner.isObject ? 'members' : 'items', closing: end === content.length ? closingOf(around) : '' };
		}
	}
	return content.length <= most ? { at: 0, end: content.length, holds: 'value', closing: '' } : null;
}

/** The containers that are open at the first character that is no JSON. */
function readUntilBroken(content: string): { open: Open[]; brokenAt: number } {
	const open: Open[] = [];
	const tokenizer = new JsonTokenizer();
	tokenizer.feed(content);
	tokenizer.end();
	try {
		for (let token = tokenizer.next(); token !== 'end'; token = tokenizer.next()) {
			const inner = open.at(-1);
			if (token === 'endArray' || token === 'endObject') open.pop();
			else if (inner && (token === 'key' || !inner.isObject)) inner.itemAt = tokenizer.at;
			if (token === 'beginArray' || token === 'beginObject') open.push({ isObject: token === 'beginObject', itemAt: tokenizer.position });
		}
		return { open: [], brokenAt: content.length };
	} catch (error) {
		if (error instanceof FormatError) return { open, brokenAt: Math.min(content.length, error.offset ?? 0) };
		throw error;
	}
}

/** Where a part may end: before marks between items, and at line ends. */
function* endsFrom(content: string, from: number, until: number): Generator<number> {
	const marks = /[,\]}\n]/g;
	marks.lastIndex = from;
	for (let count = 0; count < mostEnds; count++) {
		const found = marks.exec(content);
		if (!found || found.index > until) break;
		yield found.index;
	}
	if (content.length <= until) yield content.length;
}

/** Whether a source can be read behind a part that was written anew: to its end, or on for as much as is looked at, or a few tokens. */
function isReadBehind(around: readonly Open[], content: string, end: number): boolean {
	const opening = around.map(({ isObject }) => (isObject ? '{"":' : '[')).join('');
	const tokenizer = new JsonTokenizer();
	tokenizer.feed(`${opening}0${end === content.length ? closingOf(around) : content.slice(end, end + lookAhead)}`);
	if (end + lookAhead >= content.length) tokenizer.end();
	// Those of the opening and of what stands for the part are no tokens of the source.
	let tokens = -(around.length + around.filter(({ isObject }) => isObject).length + 1);
	try {
		for (let token = tokenizer.next(); token !== 'end' && token !== 'more'; token = tokenizer.next()) tokens++;
		return true;
	} catch (error) {
		if (error instanceof FormatError) return tokens >= enoughTokens;
		throw error;
	}
}

function closingOf(around: readonly Open[]): string {
	return around
		.map(({ isObject }) => (isObject ? '}' : ']'))
		.reverse()
		.join('');
}
