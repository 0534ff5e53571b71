/** A part of an answer that stands or goes as a whole, in UTF-16 units of the answer; the pieces of an answer are all of it. */
export interface Piece {
	start: number;
	end: number;
	/** Whether it goes on with the sentence of the piece before it. */
	goesOn: boolean;
}

/**
 * Where another sentence, line or block begins. What looks ahead stands first in each: from within a run of spaces nothing is looked back for,
 * so that time grows with the length alone.
 */
const begins = [
	/(?=\S)(?<=\n[^\S\n]*)/gu,
	// A full stop and a space; a number at the beginning of a line is the label of what follows.
	/(?=\S)(?<!(?:^|\n)[ \t]*\d{1,2}\.[ \t]+)(?<=[.!?…]["'”’)\]]*\s+)/gu,
	/(?![。！？”」』）)"'\s])(?<=[。！？][”」』）)"']*\s*)/gu,
	// Marks of turns; what opens an object, a title in brackets, a code fence, a heading or a rule; and what comes after its end.
	/(?=<\|[^|\n]{1,40}\|>|<｜[^｜\n]{1,30}｜>|\[\/?INST\]|<<\/?SYS>>|(?<!<)<\/?[\p{L}_]{1,30}>)/gu,
	/(?=\[\/?\p{L}|【|\{\s?["']|["'][\p{L}_]{1,30}["']\s?:|```|#{2}|[=*_#~-]{4})(?<=(?:^|[^\s,])\s+)/gu,
	/(?=\S)(?<=(?:[>\]}】]|```)\s+)/gu,
	// What is written backwards begins with its full stop.
	/(?=[.!?。！？]\p{L})(?<=(?:^|[^\s.])\s+)/gu,
	/(?=[一二三四五六七八九十]{1,2}、)(?<=\s)/gu,
	// Chinese has no space between words.
	/(?=\p{Script=Han}[\p{Script=Han}，])(?<=\S[ \t\u3000]+)/gu,
	/(?=\S)(?<=\p{Script=Han}{2}[ \t\u3000]+)/gu,
];
/** Where a part of a sentence begins: after a comma, and where a capital letter is the only sign of it. */
const goesOnAt = [/(?=\S)(?<=[,;]\s+)/gu, /(?<=[，；])/gu, /(?=\p{Lu})(?<=[\p{L}\p{N}]\s+)/gu];

/** An object or a list as programs write it. */
const opensValue = /[{[]\s*["'{[]/gu;
const longestValue = 4000;

/** Cuts an answer where a reader would take breath: sentences, lines, blocks of marks, and the clauses in them. */
export function cutPieces(answer: string): Piece[] {
	const values = valuesIn(answer);
	const placesOf = (patterns: readonly RegExp[]) => patterns.flatMap((pattern) => Array.from(answer.matchAll(pattern), ({ index }) => index));
	const isWithin = (at: number) => values.some(({ start, end }) => start < at && at < end);
	const fresh = new Set([0, ...placesOf(begins)]);
	const cuts = [...new Set([...fresh, ...placesOf(goesOnAt)])].filter((at) => at < answer.length && !isWithin(at)).sort((a, b) => a - b);
	return cuts.map((start, at) => ({ start, end: cuts[at + 1] ?? answer.length, goesOn: !fresh.has(start) }));
}

/** What opens more often is no answer, and closes nothing. */
const mostTried = 50;

/** The objects and lists that are closed again. */
function valuesIn(answer: string): { start: number; end: number }[] {
	const values: { start: number; end: number }[] = [];
	for (const { index: start } of [...answer.matchAll(opensValue)].slice(0, mostTried)) {
		if (start < (values.at(-1)?.end ?? 0)) continue;
		const end = closingOf(answer, start);
		if (end !== null) values.push({ start, end });
	}
	return values;
}

function closingOf(answer: string, start: number): number | null {
	let depth = 0;
	for (let at = start; at < Math.min(answer.length, start + longestValue); at++) {
		const char = answer.charAt(at);
		if (char === '{' || char === '[') depth++;
		if ((char === '}' || char === ']') && --depth === 0) return at + 1;
	}
	return null;
}
