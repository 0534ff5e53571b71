import { type LikeItem, likenessIndex } from './likenessIndex.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

/** An answer that a teacher marked, with their points. */
export interface MarkedItem extends LikeItem {
	points: number;
}

/** How much being like the target counts against being marked unlike those chosen already. */
const relevance = 0.5;

/**
 * Chooses the marked answers to show a model beside `target`, the most like first, up to `count` of them.
 *
 * Maximal marginal relevance (Carbonell and Goldstein 1998) with diversity in points: likeness to the target counts a half, closeness in points to
 * the nearest that was chosen before takes as much away, so that examples show more than one mark where there is more than one. No two have
 * the same text after `normaliseAnswer`, and the target itself (by its id, and where it is marked by its text) is never among them, so that agreement measured with examples is not
 * measured on the answer's own mark.
 */
export function nearestExamples<Item extends MarkedItem>(target: LikeItem, marked: readonly Item[], count: number): Item[] {
	// Where the target is marked itself, equal answers bear the same mark, and would give it away.
	const own = marked.some(({ id }) => id === target.id) ? normaliseAnswer(target.text) : null;
	const others = distinctTexts(marked.filter(({ id, text }) => id !== target.id && (own === null || normaliseAnswer(text) !== own)));
	const likeness = likenessIndex([target, ...others]).toLater(0);
	const open = others
		.map((item, place) => ({ item, likeness: likeness[place] ?? 0 }))
		.sort((a, b) => b.likeness - a.likeness || (a.item.id < b.item.id ? -1 : 1));
	const points = others.map((item) => item.points);
	const range = Math.max(...points) - Math.min(...points);
	const chosen: Item[] = [];
	while (chosen.length < count && open.length > 0) {
		const worth = open.map(({ item, likeness }) => relevance * likeness - (1 - relevance) * closeness(item.points, chosen, range));
		const [best] = open.splice(worth.indexOf(Math.max(...worth)), 1);
		if (best !== undefined) chosen.push(best.item);
	}
	return chosen;
}

/** 1: has the same points as one that was chosen; 0: is a whole range away from all, or nothing was chosen. */
function closeness(points: number, chosen: readonly MarkedItem[], range: number): number {
	if (range === 0) return 0;
	return Math.max(0, ...chosen.map((other) => 1 - Math.abs(other.points - points) / range));
}

/** Of equal texts the first id's, whatever the order. */
function distinctTexts<Item extends MarkedItem>(items: readonly Item[]): Item[] {
	const byText = new Map<string, Item>();
	for (const item of items) {
		const text = normaliseAnswer(item.text);
		const before = byText.get(text);
		if (before === undefined || item.id < before.id) byText.set(text, item);
	}
	return [...byText.values()];
}
