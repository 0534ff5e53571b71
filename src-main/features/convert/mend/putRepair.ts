import type { RepairedPlace, RepairRefusal } from '#contract/convertMend.ts';
import type { FormatName } from '#contract/convertOrder.ts';
import { FormatError } from '../../../platform/formats/FormatError.ts';
import type { Read } from '../../../platform/formats/formats.ts';
import { readFailure, readOrFailure } from './brokenLine.ts';
import { type BrokenPart, without } from './brokenPart.ts';
import { isSameAfter } from './isSameAfter.ts';
import { repairedText } from './repairForm.ts';

/** So many words that were left out or added are named. */
const mostWords = 40;
const longestShown = 4_000;
/** So many words may go in any case, as with a stray tag. */
const fewWords = 2;

/** A source with a repair in it; or why it is not taken: nothing of the source is changed then. */
export type PutRepair = { kind: 'repaired'; content: string; place: RepairedPlace; isWhole: boolean } | { kind: 'refused'; why: RepairRefusal; reply: string };

/**
 * Puts what a model wrote in the place of a broken part, and nowhere else.
 *
 * It is taken where the source can then be read, or at least further than behind it, and where what stands behind it is read as it would be without
 * that part: a repair that draws the rest into a text or a comment is refused, and one that leaves out most of what was there. Words that it left out
 * or added are named.
 */
export async function putRepair(content: string, part: BrokenPart, reply: string, from: FormatName): Promise<PutRepair> {
	const was = content.slice(part.at, part.end);
	const becomes = repairedText(reply, { text: was, holds: part.holds }) + part.closing;
	const refused = (why: RepairRefusal): PutRepair => ({ kind: 'refused', why, reply: becomes.slice(0, longestShown) });
	if (becomes === was) return refused('unchanged');
	const repaired = content.slice(0, part.at) + becomes + content.slice(part.end);
	const failed = await readFailure(repaired, from);
	const endLine = lineOf(repaired, part.at + becomes.length);
	if (failed && (failed.line ?? 1) <= endLine && (failed.offset === undefined || failed.offset <= part.at + becomes.length)) return refused('unreadable');
	const shift = endLine - lineOf(content, part.end);
	if (part.holds === 'lines' && !(await keepsRest({ content, part, repaired, shift, from, until: failed && (failed.line ?? 1) }))) return refused('outside');
	const [left, added] = [wordsBeyond(was, becomes), wordsBeyond(becomes, was)];
	if (left.length > fewWords && left.length * 2 > wordsOf(was).length) return refused('leftOut');
	return {
		kind: 'repaired',
		content: repaired,
		isWhole: failed === null,
		place: { line: part.line, was: was.slice(0, longestShown), becomes: becomes.slice(0, longestShown), left: shown(left), added: shown(added) },
	};
}

interface Compared {
	content: string;
	part: BrokenPart;
	repaired: string;
	/** So many lines more there are than before. */
	shift: number;
	from: FormatName;
	/** The line of the repaired source that it breaks off at next; null: none. */
	until: number | null;
}

/** Whether what stands behind the part reads as it does where the part is left out. Where that cannot be read either there is nothing to compare with. */
async function keepsRest({ content, part, repaired, shift, from, until }: Compared): Promise<boolean> {
	const bare = without(content, part.at, part.end);
	const cut = (text: string, before: number | null) =>
		before === null
			? text
			: text
					.split('\n')
					.slice(0, before - 1)
					.join('\n');
	const [expected, got] = [await readOrFailure(cut(bare, until && until - shift), from), await readOrFailure(cut(repaired, until), from)];
	if (!isRead(expected) || !isRead(got)) return true;
	return isSameAfter(expected, got, { line: lineOf(content, part.end), shift });
}

function isRead(read: Read | FormatError): read is Read {
	return !(read instanceof FormatError);
}

function lineOf(text: string, at: number): number {
	return text.slice(0, at).split('\n').length;
}

/** The words of one text that the other has not, or not so often. */
function wordsBeyond(text: string, other: string): string[] {
	const left = new Map<string, number>();
	for (const word of wordsOf(other)) left.set(word, (left.get(word) ?? 0) + 1);
	const beyond = wordsOf(text).filter((word) => {
		const count = left.get(word) ?? 0;
		left.set(word, count - 1);
		return count <= 0;
	});
	return beyond;
}

function shown(words: readonly string[]): string[] {
	return words.slice(0, mostWords).map((word) => word.slice(0, 80));
}

function wordsOf(text: string): string[] {
	return text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
}
