import type { FormatName } from '#contract/convertOrder.ts';
import { placesIn } from '../../../platform/formats/placeAt.ts';
import { brokenJson } from './brokenJson.ts';
import { readFailure } from './brokenLine.ts';

/** A part may be this long, in characters: what a model can be trusted to write again. */
export const longestPart = 4_000;
/** What stands around a part, for the model to look at: so many lines on each side, and so many characters of them. */
const linesAround = 6;
const charactersAround = 1_200;

/** The place that a source breaks off at, with as much around it as has to be written anew, and nothing more. */
export interface BrokenPart {
	at: number;
	/** But without it. */
	end: number;
	/** Of its beginning, counted from 1. */
	line: number;
	/** What is wrong, in the words of the reader. */
	reason: string;
	/** What is written in its place: items of an array, members of an object, or a whole document of JSON; else lines of text. */
	holds: 'items' | 'members' | 'value' | 'lines';
	/** Brackets that are to stand behind it: those that the source ends without. */
	closing: string;
	/** What stands before and after it. */
	before: string;
	after: string;
}

/** What of a source is broken: null where it can be read, `tooLong` where more than `longestPart` characters would have to be written anew. */
export type Broken = { kind: 'part'; part: BrokenPart } | { kind: 'tooLong'; line: number } | null;

/** Finds the first broken part of a source. It reads the source several times. */
export async function findBroken(content: string, from: FormatName): Promise<Broken> {
	const failed = await readFailure(content, from);
	if (failed === null) return null;
	const line = failed.line ?? 1;
	const found = from === 'json' ? brokenJson(content, longestPart) : await brokenLines(content, from, line);
	if (found === null) return { kind: 'tooLong', line };
	const { at, end } = found;
	return {
		kind: 'part',
		part: {
			...{ ...found, line: placesIn(content)(at).line, reason: failed.message.slice(0, 300) },
			before: lastLines(content.slice(Math.max(0, at - charactersAround), at)),
			after: firstLines(content.slice(end, end + charactersAround)),
		},
	};
}

/** Lines around the broken one, before it and behind it; the smallest such part is taken without which the rest can be read. */
const reaches = [
	[1, 0],
	[1, 1],
	[2, 2],
	[4, 4],
	[8, 8],
	[16, 16],
] as const;

/** The fewest lines around the broken one without which the source can be read further; null where they are too many. */
async function brokenLines(content: string, from: FormatName, line: number): Promise<Pick<BrokenPart, 'at' | 'end' | 'holds' | 'closing'> | null> {
	const lines = content.split('\n');
	const spanOf = ([before, behind]: readonly [number, number]) => {
		const [first, last] = [Math.max(0, line - 1 - before), Math.min(lines.length - 1, line - 1 + behind)];
		const at = lines.slice(0, first).reduce((sum, text) => sum + text.length + 1, 0);
		return { at, end: at + lines.slice(first, last + 1).join('\n').length, last: last + 1 };
	};
	const spans = reaches.map(spanOf).filter(({ at, end }) => end - at <= longestPart);
	for (const { at, end, last } of spans) {
		const isAll = at === 0 && end === content.length;
		const failed = isAll ? null : await readFailure(without(content, at, end), from);
		if (failed === null || (failed.line ?? 1) > last) return { at, end, holds: 'lines', closing: '' };
	}
	// Nothing can be left out so that the rest can be read, as where an element is not closed in a long file: it is for the model to see.
	const widest = spans.at(3) ?? spans.at(-1);
	return widest ? { at: widest.at, end: widest.end, holds: 'lines', closing: '' } : null;
}

/** A source without a part of it, whose lines are kept empty so that all others have their numbers. */
export function without(content: string, at: number, end: number): string {
	return content.slice(0, at) + content.slice(at, end).replace(/[^\n]+/g, '') + content.slice(end);
}

function lastLines(text: string): string {
	return text.split('\n').slice(-linesAround).join('\n');
}

function firstLines(text: string): string {
	return text.split('\n').slice(0, linesAround).join('\n');
}
