import type { AnswerGroup } from '#contract/agreement.ts';
import { completeLinkage } from './completeLinkage.ts';
import { contradicts, factsOf } from './contradicts.ts';
import { type AnswerVector, characterIndex, vectorIndex } from './likenessIndex.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

/** An answer that is compared with others. */
export interface LikeItem {
	id: string;
	text: string;
}

/** The vectors of a model, by what an answer says (normaliseAnswer.ts), and from where on they say that two answers are alike (tryVectors.ts). */
export interface ModelLikeness {
	vectors: ReadonlyMap<string, AnswerVector>;
	threshold: number;
}

/**
 * From where on answers are called like by their characters.
 *
 * Measured on 2,273 answers of a computer science course that two people marked (Mohler, Bunescu and Mihalcea 2011), over the
 * 32,047 pairs of different answers to one question: the marks of any pair are 0.91 of 5 points apart, 31 % of pairs by more than one point; at 0.85
 * and above (446 pairs) 0.04 and 0.4 %, at 0.8 0.09 and 3 %, at 0.7 0.18 and 5 %. Answers of equal text: 0.01. It finds slips of the pen, and hardly a
 * paraphrase, in English and Chinese (tryVectors.test.ts).
 */
export const likeCharacters = 0.85;

/**
 * Groups the answers to one question, so that a person can see to it that the like get the like.
 *
 * Answers that are the same after `normaliseAnswer` are always together. Others are where any two of a group are like enough by their characters, or
 * by a model's vectors where there are some, and do not contradict one another (contradicts.ts): those few characters turn a right answer into a wrong
 * one. Such a group is for looking at; only `same` ones may be marked as one. Every answer is in one group; the largest come first.
 * The outcome does not depend on the order of the items. Ids are unique. A second of work at the most for 1,000 different answers; it grows with their square.
 */
export function groupLike(
	items: readonly LikeItem[],
	{ threshold = likeCharacters, model = null }: { threshold?: number; model?: ModelLikeness | null } = {},
): AnswerGroup[] {
	const texts = joinEqual(items);
	const byCharacters = characterIndex(texts.map(({ text }) => text));
	const byModel = model && vectorIndex(texts.map(({ text }) => model.vectors.get(text) ?? null));
	const facts = texts.map(({ text }) => factsOf(text));
	/** As parts of what it takes to be called like. */
	const likeness = new Float32Array(texts.length ** 2).fill(-1);
	for (const place of texts.keys()) {
		const ofModel = byModel?.toLater(place);
		for (const [after, value] of byCharacters.toLater(place).entries()) {
			const other = place + 1 + after;
			const [own, its] = [facts[place], facts[other]];
			if (!own || !its || contradicts(own, its)) continue;
			const part = Math.max(value / threshold, model && ofModel ? (ofModel[after] ?? -1) / model.threshold : -1);
			likeness[place * texts.length + other] = part;
			likeness[other * texts.length + place] = part;
		}
	}
	const groups = completeLinkage(likeness, texts.length, 1).map((places) =>
		groupOf(
			places.flatMap((place) => texts[place]?.members ?? []),
			places.length === 1,
		),
	);
	return groups.sort((a, b) => b.memberIds.length - a.memberIds.length || compare(a.id, b.id));
}

/** Groups the answers that are the same after `normaliseAnswer`, which takes no comparison of any two. */
export function groupEqual(items: readonly LikeItem[]): AnswerGroup[] {
	return joinEqual(items).map(({ members }) => groupOf(members, true));
}

interface EqualAnswers {
	text: string;
	members: LikeItem[];
}

/** In the order of the texts, which with unique ids leaves nothing to the order of the list. */
function joinEqual(items: readonly LikeItem[]): EqualAnswers[] {
	const byText = new Map<string, LikeItem[]>();
	for (const item of items) {
		const text = normaliseAnswer(item.text);
		const members = byText.get(text) ?? [];
		members.push(item);
		byText.set(text, members);
	}
	return [...byText].map(([text, members]) => ({ text, members: members.sort((a, b) => compare(a.id, b.id)) })).sort((a, b) => compare(a.text, b.text));
}

function groupOf(members: readonly LikeItem[], same: boolean): AnswerGroup {
	const memberIds = members.map(({ id }) => id).sort(compare);
	return { id: memberIds[0] ?? '', memberIds, same };
}

/** By code units: the same in every language of the machine. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
