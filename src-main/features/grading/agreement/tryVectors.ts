import { contradicts, factsOf } from './contradicts.ts';
import { likeCharacters } from './groupLike.ts';
import { type AnswerVector, characterIndex, vectorIndex } from './likenessIndex.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';
import type { ParaphrasedAnswers } from './paraphrases.ts';

/** Of the pairs called like, the fraction that is; and of those that are, the fraction that was called so. */
export interface Found {
	/** Null: no pair was called like. */
	precision: number | null;
	recall: number;
}

/** How a model's vectors did on answers of which it is known who says the same. */
export interface VectorTrial {
	/** From where on to call answers like by them, beside their characters; null where that is no better than characters alone. */
	threshold: number | null;
	characters: Found;
	/** With the vectors at that threshold; at the best there is where that is no better. */
	withVectors: Found;
	/** How often a pair that says the same is more like than one that does not: 0.5 is chance (the area under the ROC curve). */
	rank: { characters: number; vectors: number };
}

/** A group that is shown as like should be: at most one pair in ten is not. */
const wantedPrecision = 0.9;
/** What vectors must find beyond what characters do, to be worth their time. */
const wantedGain = 0.1;

interface Pair {
	isLike: boolean;
	/** They cannot mean the same (contradicts.ts): no likeness counts. */
	isBarred: boolean;
	characters: number;
	vectors: number;
}

/**
 * Tries a model's vectors, given by what an answer says (normaliseAnswer.ts), on answers whose likeness is known: from where on do they find the most
 * that say the same, with few that do not, beyond what characters find? Each embedding model has a scale of its own, and a model that was made to
 * write may have none.
 */
export function tryVectors(questions: readonly ParaphrasedAnswers[], vectorOf: (text: string) => AnswerVector): VectorTrial {
	const pairs = questions.flatMap(({ rows }) => pairsOf(rows, vectorOf));
	const open = pairs.filter(({ isBarred }) => !isBarred);
	const rank = { characters: rankOf(open, ({ characters }) => characters), vectors: rankOf(open, ({ vectors }) => vectors) };
	const characters = foundOf(pairs, Number.POSITIVE_INFINITY);
	// Of those that find as much the highest.
	const thresholds = [...new Set(open.map(({ vectors }) => vectors))].filter((value) => value > 0).sort((a, b) => b - a);
	const tried = thresholds.map((threshold) => ({ threshold, found: foundOf(pairs, threshold) }));
	const precise = tried.filter(({ found }) => (found.precision ?? 0) >= wantedPrecision);
	const best = precise.reduce<(typeof precise)[number] | null>((most, each) => (most && most.found.recall >= each.found.recall ? most : each), null);
	const isWorthIt = best !== null && best.found.recall >= characters.recall + wantedGain;
	return { threshold: isWorthIt ? best.threshold : null, characters, withVectors: best?.found ?? characters, rank };
}

/** The pairs of answers to one question. */
function pairsOf(rows: ParaphrasedAnswers['rows'], vectorOf: (text: string) => AnswerVector): Pair[] {
	const answers = rows.flatMap((row, meaning) => row.map((answer) => ({ meaning, text: normaliseAnswer(answer) })));
	const byCharacters = characterIndex(answers.map(({ text }) => text));
	const byVectors = vectorIndex(answers.map(({ text }) => vectorOf(text)));
	const facts = answers.map(({ text }) => factsOf(text));
	return answers.flatMap(({ meaning }, place) => {
		const [characters, vectors, own] = [byCharacters.toLater(place), byVectors.toLater(place), facts[place]];
		return answers.slice(place + 1).map((other, after) => {
			const its = facts[place + 1 + after];
			const isBarred = own !== undefined && its !== undefined && contradicts(own, its);
			return { isLike: meaning === other.meaning, isBarred, characters: characters[after] ?? 0, vectors: vectors[after] ?? -1 };
		});
	});
}

function foundOf(pairs: readonly Pair[], threshold: number): Found {
	const called = pairs.filter(({ isBarred, characters, vectors }) => !isBarred && (characters >= likeCharacters || vectors >= threshold));
	const right = called.filter(({ isLike }) => isLike).length;
	const all = pairs.filter(({ isLike }) => isLike).length;
	return { precision: called.length === 0 ? null : right / called.length, recall: all === 0 ? 0 : right / all };
}

function rankOf(pairs: readonly Pair[], value: (pair: Pair) => number): number {
	const [like, unlike] = [pairs.filter(({ isLike }) => isLike).map(value), pairs.filter(({ isLike }) => !isLike).map(value)];
	let won = 0;
	for (const one of like) for (const other of unlike) won += one > other ? 1 : one === other ? 0.5 : 0;
	return won / Math.max(1, like.length * unlike.length);
}
