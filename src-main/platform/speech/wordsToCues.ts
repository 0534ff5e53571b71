import type { SpokenWord } from './speechContract.ts';

/** What a cue may be, by the reading rules of its language. */
export interface CueLimits {
	charactersPerLine: number;
	linesPerCue: number;
	charactersPerSecond: number;
	shortestMs: number;
	longestMs: number;
	/** Between a cue and the next one. */
	gapMs: number;
	/** A silence of this length ends a cue. */
	pauseMs: number;
	/** How wide a text counts, in characters. */
	widthOf(text: string): number;
}

export interface SpokenCue {
	startMs: number;
	endMs: number;
	/** Its lines, with `\n` between them. */
	text: string;
}

const sentenceEnd = /[.!?…。！？][\p{Pe}\p{Pf}"']*\s*$/u;

/**
 * Makes cues of words: none lost, none doubled, in their order.
 *
 * A cue ends with its sentence, at a pause, or where another word would make it too wide or too long. Where there is room behind it, it stays
 * as long as its reading takes. A single word that breaks a limit stands alone.
 */
export function wordsToCues(words: readonly SpokenWord[], limits: CueLimits): SpokenCue[] {
	const groups: SpokenWord[][] = [];
	for (const word of words) {
		const group = groups.at(-1);
		if (group && belongs(group, word, limits)) group.push(word);
		else groups.push([word]);
	}
	const starts: number[] = [];
	for (const group of groups) starts.push(Math.max(group[0]?.startMs ?? 0, (starts.at(-1) ?? -1) + 1));
	return groups.map((group, index) => {
		const startMs = starts[index] ?? 0;
		const lines = linesOf(group, limits);
		const readMs = Math.ceil((limits.widthOf(lines.join('')) / limits.charactersPerSecond) * 1000);
		const spokenMs = (group.at(-1)?.endMs ?? startMs) - startMs;
		const wantedMs = Math.min(limits.longestMs, Math.max(spokenMs, limits.shortestMs, readMs));
		const next = starts[index + 1] ?? Number.POSITIVE_INFINITY;
		return { startMs, endMs: Math.max(startMs + 1, Math.min(startMs + wantedMs, next - limits.gapMs)), text: lines.join('\n') };
	});
}

function belongs(group: readonly SpokenWord[], word: SpokenWord, limits: CueLimits): boolean {
	const first = group[0];
	const last = group.at(-1);
	if (!first || !last) return true;
	if (word.startMs - last.endMs >= limits.pauseMs || word.endMs - first.startMs > limits.longestMs) return false;
	if (sentenceEnd.test(last.text) && last.endMs - first.startMs >= limits.shortestMs) return false;
	return linesOf([...group, word], limits).length <= limits.linesPerCue;
}

/** Fills lines one after another. */
function linesOf(group: readonly SpokenWord[], { charactersPerLine, widthOf }: CueLimits): string[] {
	const lines: string[] = [];
	for (const { text } of group) {
		const longer = `${lines.at(-1) ?? ''}${text}`;
		if (lines.length > 0 && widthOf(longer.trimEnd()) <= charactersPerLine) lines[lines.length - 1] = longer;
		else lines.push(text);
	}
	return lines.map((line) => line.trimEnd());
}
