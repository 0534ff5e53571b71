import { ordinaryDirections } from '#contract/ordinaryDirections.ts';
import { readPatterns, squeezedPatterns, type Talk } from './talkPatterns.ts';
import { type TalkView, talkViews } from './talkViews.ts';

/** A part of an answer that talks to the marker, in UTF-16 units of the answer. */
export interface TalkFinding {
	what: Talk;
	start: number;
	end: number;
}

const mostFindings = 50;
/** Characters without width between letters, or that turn the order of what follows where that is not ordinary (ordinaryDirections). */
const disguise = /[\u202a-\u202e\u2066-\u2069]|\p{DI}{8,}|(?:(?!\p{DI})\p{L}\p{DI}+){5,}|(?![\t\n\r])\p{Cc}\[/gu;

/**
 * The parts of an answer that talk to the marker, or pretend to be the system, the teacher, another turn or the verdict, in English and
 * Chinese; in the order in which they stand, fifty at most. For a person to look at: nothing is decided by it, and no answer is worse for it.
 *
 * Looked for in what the answer says when it is read without what disguises it: spaces and signs between letters, wide and look-alike letters,
 * digits for letters, characters that are not seen, backwards, rot13, base64, hexadecimal and escapes. Time grows with the length alone.
 */
export function findTalk(answer: string): TalkFinding[] {
	const { read, squeezed } = talkViews(answer);
	const ordinary = ordinaryDirections(answer);
	const isDisguise = ({ 0: part, index }: RegExpExecArray) => part.length > 1 || !ordinary.has(index);
	const found = [
		...[...answer.matchAll(disguise)]
			.filter(isDisguise)
			.map((match): TalkFinding => ({ what: 'hidden', start: match.index, end: match.index + match[0].length })),
		...read.flatMap((view) => inView(view, readPatterns)),
		...squeezed.flatMap((view) => inView(view, squeezedPatterns)),
	];
	return joined(found);
}

function inView(view: TalkView, patterns: readonly (readonly [Talk, RegExp])[]): TalkFinding[] {
	return patterns.flatMap(([what, pattern]) =>
		[...view.text.matchAll(pattern)].slice(0, mostFindings).map((match) => ({ what, ...view.place(match.index, match.index + match[0].length) })),
	);
}

/** Findings that overlap are one, named by the first of them that says more than that it is hidden. */
function joined(findings: readonly TalkFinding[]): TalkFinding[] {
	const apart: TalkFinding[] = [];
	for (const finding of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
		const last = apart.at(-1);
		if (last && finding.start < last.end) {
			last.end = Math.max(last.end, finding.end);
			if (last.what === 'hidden') last.what = finding.what;
		} else apart.push({ ...finding });
	}
	return apart.slice(0, mostFindings);
}
