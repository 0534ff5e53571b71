import type { SpokenWord } from './speechContract.ts';

/** What a recogniser gives of one stretch. Without times, or with others than tokens, the words are spread over the stretch. */
export interface Heard {
	text: string;
	tokens: readonly string[];
	/** When each token begins, in seconds from the beginning of the stretch. */
	timestamps: readonly number[];
}

/** Scripts that are written without spaces: each character is a word of its own. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
/** A word lasts no longer than this behind the beginning of its last token, whatever comes after it. */
const longestTokenMs = 600;

/**
 * Joins the tokens of a recogniser into words, each with its times from the beginning of the sound.
 *
 * A word that another one follows without a space (in Chinese, say) has none at its end; all others have one.
 */
export function joinTokens(heard: Heard, { startMs, endMs }: { startMs: number; endMs: number }): SpokenWord[] {
	const hasTimes = heard.tokens.length > 0 && heard.tokens.length === heard.timestamps.length;
	const pieces = hasTimes ? timedPieces(heard, startMs, endMs) : spreadPieces(heard.text, startMs, endMs);
	const words: { text: string; startMs: number; lastMs: number }[] = [];
	for (const { text, atMs } of pieces) {
		const last = words.at(-1);
		const isNew =
			!last || /^\s/.test(text) || /\s$/.test(last.text) || (!/^\p{P}/u.test(text) && (unspaced.test(text[0] ?? '') || unspaced.test(last.text.at(-1) ?? '')));
		if (last && isNew && /^\s/.test(text) && !/\s$/.test(last.text)) last.text += ' ';
		if (!last || isNew) words.push({ text: text.replace(/^\s+/, ''), startMs: atMs, lastMs: atMs });
		// A space alone begins nothing: the word begins with what comes after it.
		else Object.assign(last, { text: last.text + text, startMs: last.text === '' ? atMs : last.startMs, lastMs: atMs });
	}
	const spoken = words.filter(({ text }) => text.trim() !== '');
	return spoken.map(({ text, startMs: start, lastMs }, index) => {
		const next = spoken[index + 1]?.startMs ?? endMs;
		return { text: text.slice(0, 1000), startMs: start, endMs: Math.max(start, Math.min(next, lastMs + longestTokenMs)) };
	});
}

interface Piece {
	text: string;
	atMs: number;
}

function timedPieces({ tokens, timestamps }: Heard, startMs: number, endMs: number): Piece[] {
	let atMs = startMs;
	return tokens.flatMap((token, index) => {
		const seconds = timestamps[index] ?? 0;
		// Times never go back, and never leave the stretch, whatever a recogniser says.
		atMs = Math.min(endMs, Math.max(atMs, startMs + Math.round((Number.isFinite(seconds) ? seconds : 0) * 1000)));
		// What recognisers put between bars are remarks of their own: the language, the mood, noises.
		const text = token.replaceAll('\u2581', ' ').replaceAll(/<\|[^|]*\|>/g, '');
		return text === '' ? [] : [{ text, atMs }];
	});
}

function spreadPieces(text: string, startMs: number, endMs: number): Piece[] {
	const characters = [
		...text
			.trim()
			.replaceAll(/<\|[^|]*\|>/g, '')
			.replaceAll(/\s+/g, ' '),
	];
	return characters.map((character, index) => ({ text: character, atMs: Math.round(startMs + ((endMs - startMs) * index) / characters.length) }));
}
