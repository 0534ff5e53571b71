import type { Act } from '../../ui/Act.ts';
import { pinyinInitials } from '../../ui/pinyinInitials.ts';

/** An act with all that it can be found by. */
export interface NamedAct {
	act: Act;
	label: string;
	detail: string;
	/** What it is called in the other languages. */
	others: readonly string[];
	/** Further words for it, in every language. */
	synonyms: readonly string[];
}

/** Acts in which every word of `typed` is found, the best first; of those alike, in the order in which they are given. Without a word, all. */
export function matchActs(acts: readonly NamedAct[], typed: string): NamedAct[] {
	const words = fold(typed).split(/\s+/u).filter(Boolean);
	if (words.length === 0) return [...acts];
	const scored = acts.map((named) => ({ named, score: scoreOf(named, words) }));
	return scored
		.filter(({ score }) => score > 0)
		.toSorted((a, b) => b.score - a.score)
		.map(({ named }) => named);
}

/** 0 where a word is missing; else more, the better they fit. */
function scoreOf({ label, detail, others, synonyms }: NamedAct, words: readonly string[]): number {
	const called = [label, ...others];
	const names = called.map(fold);
	const initials = called.flatMap((name) => [name, name.split(/[：:]/u).at(-1) ?? '']).map((name) => pinyinInitials(name).replace(/[^a-z]/g, ''));
	const further = synonyms.map(fold);
	let sum = 0;
	for (const word of words) {
		const best = Math.max(
			...names.map((name) => fitOf(name, word)),
			...further.map((synonym) => fitOf(synonym, word) / 2),
			fitOf(fold(detail), word) / 2,
			/^[a-z]{2,}$/.test(word) && initials.some((letters) => letters.startsWith(word)) ? 3 : 0,
		);
		if (best === 0) return 0;
		sum += best;
	}
	// Among those that have all words, the one that has little else.
	return sum + 1 / (2 + (names[0]?.length ?? 0));
}

/** How well a word fits: the whole begins with it, a word of it does, or it stands somewhere. */
function fitOf(name: string, word: string): number {
	if (name === '') return 0;
	if (name.startsWith(word)) return 4;
	const at = name.indexOf(word);
	if (at < 0) return 0;
	return name.includes(` ${word}`) ? 3 : 1;
}

function fold(text: string): string {
	return text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();
}
