import type { AnswerGroup } from '#contract/agreement.ts';
import { completeLinkage } from './completeLinkage.ts';
import { type LikeItem, likenessIndex } from './likenessIndex.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

export interface GroupOptions {
	/** How like any two of a group are at least, 0 to 1; `usualThresholds` unless given. */
	threshold?: number;
}

/**
 * From where on answers are called like.
 *
 * `characters` is measured on 2,273 answers of a computer science course that two people marked (Mohler, Bunescu and Mihalcea 2011), over the
 * 32,047 pairs of different answers to one question: the marks of any pair are 0.91 of 5 points apart, 31 % of pairs by more than one point; at 0.85
 * and above (446 pairs) 0.04 and 0.4 %, at 0.8 0.09 and 3 %, at 0.7 0.18 and 5 %. Answers of equal text: 0.01. Not measured for Chinese.
 * `vectors` is a guess on the careful side: each embedding model has a scale of its own.
 */
const usualThresholds = { characters: 0.85, vectors: 0.95 };

/**
 * Groups the answers to one question, so that a person can see to it that the like get the like.
 *
 * Answers that are the same after `normaliseAnswer` are always together. Others are where any two of a group are like enough by their vectors or
 * characters, and have the same numbers, comparisons and negation in the same order: those few characters turn a right answer into a wrong
 * one. Such a group is for looking at; only `same` ones may be marked as one. Every answer is in one group; the largest come first.
 * The outcome does not depend on the order of the items. Ids are unique. A second of work at the most for 1,000 different answers; it grows with their square.
 */
export function groupLike(items: readonly LikeItem[], options: GroupOptions = {}): AnswerGroup[] {
	const texts = joinEqual(items);
	const first = texts.map(({ members }) => members[0]).filter((item) => item !== undefined);
	const index = likenessIndex(first);
	const threshold = options.threshold ?? usualThresholds[index.kind];
	const facts = texts.map(({ text }) => factsOf(text));
	const likeness = new Float32Array(texts.length ** 2).fill(-1);
	for (const place of texts.keys()) {
		for (const [after, value] of index.toLater(place).entries()) {
			const other = place + 1 + after;
			if (facts[place] !== facts[other]) continue;
			likeness[place * texts.length + other] = value;
			likeness[other * texts.length + place] = value;
		}
	}
	const groups = completeLinkage(likeness, texts.length, threshold).map((places) =>
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

const number = /[-+*/^±×÷]?\d+(?:[.,]\d+)*|[=<>≤≥≠]/g;
const negation = /(?<!\p{L})(?:not|no|never|none|nothing|neither|nor|cannot|without)(?!\p{L})|n['’]t(?!\p{L})|[不没無无非未别莫勿]/u;

/** What like answers have to have in common. */
function factsOf(text: string): string {
	return `${negation.test(text)} ${(text.match(number) ?? []).join(' ')}`;
}

function groupOf(members: readonly LikeItem[], same: boolean): AnswerGroup {
	const memberIds = members.map(({ id }) => id).sort(compare);
	return { id: memberIds[0] ?? '', memberIds, same };
}

/** By code units: the same in every language of the machine. */
function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
