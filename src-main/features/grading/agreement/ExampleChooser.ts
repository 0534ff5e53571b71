import type { LikeItem } from './groupLike.ts';
import { type AnswerVector, type CharacterIndex, characterIndex, type VectorIndex, vectorIndex } from './likenessIndex.ts';
import { normaliseAnswer } from './normaliseAnswer.ts';

/** An answer that a teacher marked, with their points. */
export interface MarkedItem extends LikeItem {
	points: number;
}

/** How much being like the target counts against being marked unlike those chosen already. */
const relevance = 0.5;

/** Chooses among the marked answers to a question, which are made ready to be compared once for all that follow. */
export class ExampleChooser<Item extends MarkedItem> {
	readonly #ids: ReadonlySet<string>;
	/** No two of the same text after `normaliseAnswer`. */
	readonly #distinct: readonly { item: Item; text: string }[];
	readonly #index: CharacterIndex;
	readonly #vectors: VectorIndex | null;

	/** `vectors`: a model's, by what an answer says (normaliseAnswer.ts), by which they are compared with a target that has one too. */
	constructor(marked: readonly Item[], vectors: ReadonlyMap<string, AnswerVector> | null = null) {
		this.#ids = new Set(marked.map(({ id }) => id));
		this.#distinct = distinctTexts(marked);
		this.#index = characterIndex(this.#distinct.map(({ text }) => text));
		this.#vectors = vectors && vectorIndex(this.#distinct.map(({ text }) => vectors.get(text) ?? null));
	}

	/**
	 * Chooses the marked answers to show a model beside `target`, the most like first, up to `count` of them.
	 *
	 * Maximal marginal relevance (Carbonell and Goldstein 1998) with diversity in points: likeness to the target counts a half, closeness in points to
	 * the nearest that was chosen before takes as much away, so that examples show more than one mark where there is more than one. No two have
	 * the same text after `normaliseAnswer`, and the target itself (by its id, and where it is marked by its text) is never among them, so that agreement
	 * measured with examples is not measured on the answer's own mark.
	 */
	nearest(target: LikeItem, count: number, vector: AnswerVector = null): Item[] {
		const text = normaliseAnswer(target.text);
		// Where the target is marked itself, equal answers bear the same mark, and would give it away.
		const own = this.#ids.has(target.id) ? text : null;
		const likeness = vector && this.#vectors ? this.#vectors.toVector(vector) : this.#index.toText(text);
		const open = this.#distinct
			.flatMap((other, place) => (other.text === own ? [] : [{ item: other.item, likeness: likeness[place] ?? 0 }]))
			.sort((a, b) => b.likeness - a.likeness || (a.item.id < b.item.id ? -1 : 1));
		const points = open.map(({ item }) => item.points);
		const range = Math.max(...points) - Math.min(...points);
		const chosen: Item[] = [];
		while (chosen.length < count && open.length > 0) {
			const worth = open.map(({ item, likeness: like }) => relevance * like - (1 - relevance) * closeness(item.points, chosen, range));
			const [best] = open.splice(worth.indexOf(Math.max(...worth)), 1);
			if (best !== undefined) chosen.push(best.item);
		}
		return chosen;
	}
}

/** 1: has the same points as one that was chosen; 0: is a whole range away from all, or nothing was chosen. */
function closeness(points: number, chosen: readonly MarkedItem[], range: number): number {
	if (range === 0) return 0;
	return Math.max(0, ...chosen.map((other) => 1 - Math.abs(other.points - points) / range));
}

/** Of equal texts the first id's, whatever the order. */
function distinctTexts<Item extends MarkedItem>(items: readonly Item[]): { item: Item; text: string }[] {
	const byText = new Map<string, Item>();
	for (const item of items) {
		const text = normaliseAnswer(item.text);
		const before = byText.get(text);
		if (before === undefined || item.id < before.id) byText.set(text, item);
	}
	return [...byText].map(([text, item]) => ({ item, text }));
}
