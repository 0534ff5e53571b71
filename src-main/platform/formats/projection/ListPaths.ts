import type { Element } from '../middle.ts';

/**
 * Which elements of a document are lists: those whose name comes more than once in one parent, at every place with the same path of names. So a
 * record with one child looks like those with several.
 */
export class ListPaths {
	/** Elements here are items of a list. */
	readonly isList: boolean;
	readonly #path: string;
	readonly #named: ReadonlySet<string>;
	readonly #below = new Map<string, ListPaths>();
	#repeated = false;

	private constructor(path: string, name: string, named: ReadonlySet<string>) {
		this.#path = path;
		this.#named = named;
		this.isList = named.has(path) || named.has(name);
	}

	/** Looks a document through. `listsOf` are paths or names that are lists anyway. */
	static of(root: Element, listsOf: readonly string[]): ListPaths {
		const top = new ListPaths('', '', new Set(listsOf));
		top.child(root.name).#look(root);
		return top;
	}

	/** The place of the elements of this name in the elements of this place. */
	child(name: string): ListPaths {
		let child = this.#below.get(name);
		if (child === undefined) {
			child = new ListPaths(`${this.#path}/${name}`, name, this.#named);
			this.#below.set(name, child);
		}
		return child;
	}

	get holdsItems(): boolean {
		return this.isList || this.#repeated;
	}

	#look({ content }: Element): void {
		const seen = content.length > 1 ? new Set<string>() : undefined;
		for (const part of content) {
			if (part.kind !== 'element') continue;
			const place = this.child(part.name);
			if (seen?.has(part.name)) place.#repeated = true;
			seen?.add(part.name);
			if (part.content.length > 0) place.#look(part);
		}
	}
}
