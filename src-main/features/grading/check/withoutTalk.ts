import { findHidden } from '#contract/findHidden.ts';
import { cutPieces, type Piece } from './cutPieces.ts';
import { findTalk, type TalkFinding } from './findTalk.ts';
import {
	beforeVoice,
	hasContent,
	isIntroduction,
	isJoining,
	isLabelled,
	isLeading,
	isSpoken,
	isTurned,
	isTurnMark,
	needsSubject,
	opensTurn,
} from './talkWords.ts';

/** What a model is shown of an answer of which nothing is left. */
const nothing = '—';
/** What is written to be read in another order than it stands in, and what moves the cursor of a terminal. */
const disguised = /[\u202d\u202e][^\u202c\n]*\u202c?|(?![\t\n\r])\p{Cc}\[[\d;]*[A-Za-z]?/gu;

/** What is left hanging where something was left out behind it: what parts clauses, opens a quotation, is not seen. */
const danglers = /(?<![\s,，;；、])(?:[\s,，;；、\p{DI}\p{Cc}\p{Cf}]|(?<=\s)["'“‘「『(（[【])+$/u;

/**
 * An answer without what of it talks to the marker (findTalk.ts), so that a model can judge what is left of it; as it was where there is none.
 *
 * What is left of an answer with talk put before, behind or between its sentences is that answer to the letter. Talk goes with the sentence
 * it stands in, since half of an order is still one: from where it begins to speak to somebody, to the end. So go the labels, introductions
 * and joining words that would be left standing around it, and what is not seen.
 */
export function withoutTalk(answer: string): string {
	const found = findTalk(answer);
	if (found.length === 0) return answer;
	const spoken = found.filter(({ what }) => what !== 'hidden');
	const left = withoutHidden(spoken.length === 0 ? answer : new Leaving(answer, spoken).left()).trim();
	return hasContent(left) ? left : nothing;
}

/** Whether an answer is talk to the marker and nothing else. */
export function isTalkAlone(answer: string): boolean {
	return answer !== nothing && withoutTalk(answer) === nothing;
}

function withoutHidden(text: string): string {
	const plain = text.replace(disguised, '');
	let [kept, from] = ['', 0];
	for (const { at, end } of findHidden(plain)) {
		kept += plain.slice(from, at);
		from = end;
	}
	return kept + plain.slice(from);
}

class Leaving {
	readonly #answer: string;
	readonly #pieces: readonly Piece[];
	/** Of each piece, from where on it is left out; its end where it stays. */
	readonly #keptTo: number[];
	/** Which pieces talk to the marker by themselves. */
	readonly #talking = new Map<number, boolean>();

	constructor(answer: string, found: readonly TalkFinding[]) {
		this.#answer = answer;
		this.#pieces = cutPieces(answer);
		this.#keptTo = this.#pieces.map(({ end }) => end);
		for (const finding of found) this.#leaveOut(withoutEnds(answer, finding));
		this.#leaveTurns();
		this.#leaveSurroundings();
	}

	/** What stays, with one of the spaces or line ends around each gap. */
	left(): string {
		let left = '';
		let gap = '';
		let isOpen = false;
		for (const [at, { start, end }] of this.#pieces.entries()) {
			const keptTo = this.#keptTo[at] ?? end;
			if (keptTo > start) {
				const kept = this.#answer.slice(start, keptTo);
				left = isOpen ? joinOver(left, gap, kept) : left + kept;
				[gap, isOpen] = ['', false];
			}
			if (keptTo < end) {
				gap += this.#answer.slice(keptTo, end);
				isOpen = true;
			}
		}
		return isOpen ? left.replace(danglers, '') : left;
	}

	#textOf(at: number): string {
		const { start, end } = this.#pieces[at] ?? { start: 0, end: 0 };
		return this.#answer.slice(start, end);
	}

	#isGone(at: number): boolean {
		return at >= 0 && at < this.#pieces.length && this.#keptTo[at] === this.#pieces[at]?.start;
	}

	#leave(at: number): void {
		this.#keptTo[at] = this.#pieces[at]?.start ?? 0;
	}

	#leaveOut(finding: TalkFinding): void {
		const touched = [...this.#pieces.keys()].filter((at) => this.#touches(at, finding));
		const isOneSentence = touched.slice(1).every((at) => this.#pieces[at]?.goesOn);
		const edges = isOneSentence ? [] : [touched[0] ?? 0, touched.at(-1) ?? 0];
		// What talks by itself at one end is all of it, and the other end was but touched; else it is spread over what is mostly in it, or over all.
		const alone = edges.filter((at) => this.#talks(at));
		const talking = alone.length > 0 ? alone : edges.filter((at) => this.#isMostlyIn(at, finding));
		for (const at of touched) {
			const isTouchedOnly = talking.length > 0 && edges.includes(at) && !talking.includes(at);
			if (!isTouchedOnly) this.#leaveFrom(at, Math.max(finding.start, this.#pieces[at]?.start ?? 0), finding);
		}
	}

	#talks(at: number): boolean {
		const known = this.#talking.get(at) ?? findTalk(this.#textOf(at)).length > 0;
		this.#talking.set(at, known);
		return known;
	}

	/** Whether a finding has more of the letters of a piece than it leaves. */
	#isMostlyIn(at: number, { start, end }: TalkFinding): boolean {
		const { start: from, end: to } = this.#pieces[at] ?? { start: 0, end: 0 };
		const [first, last] = [Math.max(from, start), Math.min(to, end)];
		const letters = (begin: number, until: number) => this.#answer.slice(begin, until).match(/[\p{L}\p{N}]/gu)?.length ?? 0;
		return letters(first, last) > letters(from, first) + letters(last, to);
	}

	#touches(at: number, { start, end }: TalkFinding): boolean {
		const piece = this.#pieces[at];
		return piece !== undefined && piece.start < end && start < piece.end;
	}

	/** Leaves out a piece from where talk begins in it, what goes on with its sentence, and what of the sentence before it speaks to somebody too. */
	#leaveFrom(at: number, from: number, finding: TalkFinding): void {
		const { start = 0 } = this.#pieces[at] ?? {};
		const before = this.#answer.slice(start, from);
		const kept = beforeVoice(before);
		const isList = isJoining(before) && (this.#isGone(at - 1) || this.#answer.slice(finding.start, finding.end).includes('\n'));
		const spoken = this.#firstSpokenBefore(at);
		const isTalk = isList || spoken < at || isPartOfTalk(kept) || isLabelled(this.#textOf(at)) || needsSubject(this.#answer.slice(from));
		this.#keptTo[at] = Math.min(this.#keptTo[at] ?? start, isTalk ? start : start + kept.length);
		for (let next = at + 1; this.#pieces[next]?.goesOn; next++) this.#leave(next);
		if (spoken < at) this.#leaveClauses(spoken, at);
	}

	/** The first of the clauses before one in its sentence that speaks to somebody; the clause itself where none does. */
	#firstSpokenBefore(clause: number): number {
		let first = clause;
		for (let at = clause; this.#pieces[at]?.goesOn && this.#isWhole(at - 1); at--) if (isSpoken(this.#textOf(at - 1))) first = at - 1;
		return first;
	}

	/** Leaves out clauses, but for what the first of them says before it speaks to somebody. */
	#leaveClauses(first: number, end: number): void {
		for (let at = first; at < end; at++) this.#leave(at);
		const { start = 0 } = this.#pieces[first] ?? {};
		const kept = beforeVoice(this.#answer.slice(start, this.#pieces[first]?.end));
		if (!isPartOfTalk(kept)) this.#keptTo[first] = start + kept.length;
	}

	#isWhole(at: number): boolean {
		return this.#keptTo[at] === this.#pieces[at]?.end;
	}

	/** Leaves out what stands between the marks of a turn that is not a student's, which is that turn. */
	#leaveTurns(): void {
		let opened: number | null = null;
		for (const at of this.#pieces.keys()) {
			if (!this.#isGone(at)) continue;
			const text = this.#textOf(at);
			if (!isTurnMark(text)) continue;
			if (opened !== null) for (let amid = opened + 1; amid < at; amid++) this.#leave(amid);
			opened = opensTurn(text) ? at : null;
			// One that is not closed has at least the rest of its line.
			for (let amid = at; opened !== null && !this.#textOf(amid).includes('\n') && amid + 1 < this.#pieces.length; amid++) this.#leave(amid + 1);
		}
	}

	/** Leaves out what only led to what is gone, followed from it or joined it. */
	#leaveSurroundings(): void {
		const places = [...this.#pieces.keys()];
		for (const at of [...places, ...places.toReversed()]) if (!this.#isGone(at) && this.#isSurrounding(at)) this.#leave(at);
	}

	#isSurrounding(at: number): boolean {
		const [isBehind, isBefore] = [at > 0 && !this.#isWhole(at - 1), this.#isGone(at + 1)];
		if (!isBehind && !isBefore) return false;
		const text = this.#textOf(at);
		if (!hasContent(text) || isLabelled(text) || (isBefore && isIntroduction(text))) return true;
		if (isBehind && isBefore && isJoining(text)) return true;
		return isLeading(text) && (isSpoken(text) || (isBefore && !text.includes('\n')));
	}
}

/** Whether what stands before talk in its sentence is talk itself. */
function isPartOfTalk(text: string): boolean {
	return !hasContent(text) || isLeading(text) || isSpoken(text) || isLabelled(text) || isIntroduction(text) || isTurned(text);
}

/** A finding without the end of the sentence before it, by which some are known. */
function withoutEnds(answer: string, finding: TalkFinding): TalkFinding {
	const ends = /^[\s.!?。！？”…，,]*/u.exec(answer.slice(finding.start, finding.end))?.[0].length ?? 0;
	return { ...finding, start: Math.min(finding.start + ends, finding.end - 1) };
}

/** Two parts with what stood between them left out: the widest of the spaces and line ends there stays. */
function joinOver(left: string, gap: string, right: string): string {
	if (left === '') return right.trimStart();
	const end = left.replace(danglers, '');
	const begin = right.trimStart();
	const spaces = [left.slice(left.trimEnd().length), gap.slice(0, gap.length - gap.trimStart().length), gap.slice(gap.trimEnd().length)];
	const lines = (text: string) => text.split('\n').length;
	const widest = [...spaces, right.slice(0, right.length - begin.length)].toSorted((a, b) => lines(b) - lines(a) || b.length - a.length)[0];
	return `${end}${widest}${begin}`;
}
