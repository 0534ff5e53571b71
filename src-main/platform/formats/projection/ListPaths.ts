import type { Element } from '../middle.ts';

/** So many places are remembered from one root to the next. */
const mostPlaces = 10_000;

/**
 * Which elements of a document are lists: those whose name comes more than once in one parent, at every place with the same path of names. So a
 * record with one child looks like those with several. Roots that are alike are looked through one after another without making anything anew.
 */
export class ListPaths {
	readonly #named: ReadonlySet<string>;
	#top: ListPlace;
	/** What is found in a root is good for it alone. */
	readonly #round: Round = { number: 0, visits: 0, places: 0 };

	/** `listsOf` are paths or names that are lists anyway. */
	constructor(listsOf: readonly string[]) {
		this.#named = new Set(listsOf);
		this.#top = new ListPlace('', '', this.#named, this.#round);
	}

	/** Looks a root through and answers with its place; what was found in the last one is forgotten. */
	look(root: Element): ListPlace {
		this.#round.number++;
		if (this.#round.places > mostPlaces) {
			this.#round.places = 0;
			this.#top = new ListPlace('', '', this.#named, this.#round);
		}
		const place = this.#top.child(root.name);
		place.look(root);
		return place;
	}
}

/** Counted over all roots: which root it is, which look into an element, and how many places there are. */
interface Round {
	number: number;
	visits: number;
	places: number;
}

/** Where elements stand, by the names of those that they are in. */
export class ListPlace {
	/** Elements here are items of a list, however many there are. */
	readonly #isList: boolean;
	readonly #path: string;
	readonly #named: ReadonlySet<string>;
	readonly #round: Round;
	#below: Map<string, ListPlace> | undefined;
	/** The root in which there were several in one parent. */
	#repeatedIn = 0;
	/** The last look into a parent that had one. */
	#visitedIn = 0;

	constructor(path: string, name: string, named: ReadonlySet<string>, round: Round) {
		this.#path = path;
		this.#named = named;
		this.#round = round;
		this.#isList = named.size > 0 && (named.has(path) || named.has(name));
		round.places++;
	}

	/** The place of the elements of this name in the elements of this place. */
	child(name: string): ListPlace {
		let child = this.#below?.get(name);
		if (child === undefined) {
			child = new ListPlace(`${this.#path}/${name}`, name, this.#named, this.#round);
			this.#below ??= new Map();
			this.#below.set(name, child);
		}
		return child;
	}

	get holdsItems(): boolean {
		return this.#isList || this.#repeatedIn === this.#round.number;
	}

	/** Looks an element of this place through. */
	look({ content }: Element): void {
		const visit = ++this.#round.visits;
		for (const part of content) {
			if (part.kind !== 'element') continue;
			const place = this.child(part.name);
			if (place.#visitedIn === visit) place.#repeatedIn = this.#round.number;
			place.#visitedIn = visit;
			if (part.content.length > 0) place.look(part);
		}
	}

	/** Tells whether between two elements of a name there is one of another. */
	areParted(content: Element['content']): boolean {
		const visit = ++this.#round.visits;
		let last: ListPlace | undefined;
		for (const part of content) {
			if (part.kind !== 'element') continue;
			const place = this.child(part.name);
			if (place === last) continue;
			if (place.#visitedIn === visit) return true;
			place.#visitedIn = visit;
			last = place;
		}
		return false;
	}
}
