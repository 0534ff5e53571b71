import type { Element } from '../middle.ts';
import type { Note } from '../Note.ts';
import { ListPaths, type ListPlace } from './ListPaths.ts';
import { type Convention, markNamespace } from './markupConvention.ts';

/**
 * Gathers what has to be marked while elements are made, and writes the marks when all of them stand: whether a list needs one depends on what
 * else is at its path. Where nothing may be marked, what would have been is told instead.
 */
export class MarkPlacer {
	readonly #by: Convention;
	readonly #tell: (note: Note) => void;
	readonly #paths: ListPaths;
	readonly #lists = new Map<Element, { shape: 'only' | 'empty'; path: string }>();
	/** Elements of which it is known what they are without a mark: items of lists of several, and parts of a `#content`. */
	readonly #plain = new Set<Element>();
	readonly #marks = new Map<Element, [name: string, value: string][]>();

	constructor(convention: Convention, tell: (note: Note) => void) {
		this.#by = convention;
		this.#tell = tell;
		this.#paths = new ListPaths(convention.listsOf);
	}

	/** `code` is what is told where it may not be marked. */
	type(element: Element, type: string, code: string | undefined, path: string): void {
		if (this.#by.marks !== 'none') this.#mark(element, 'type', type);
		else if (code !== undefined && !this.#by.whole) this.#tell({ code, kind: 'changed', path });
	}

	/** A mapping that has neither attributes nor elements. */
	map(element: Element, path: string): void {
		if (this.#by.marks === 'none') this.#tell({ code: 'mappingAsText', kind: 'changed', path });
		else this.#mark(element, 'map', 'true');
	}

	escaped(element: Element): void {
		this.#mark(element, 'escaped', 'true');
	}

	root(element: Element): void {
		this.#tell({ code: 'rootAdded', kind: 'convention', path: '$', became: element.name });
		if (this.#by.marks !== 'none') this.#mark(element, 'root', 'added');
	}

	/** An item of a list of several, or a part of a `#content`. */
	plain(element: Element): void {
		this.#plain.add(element);
	}

	only(element: Element, path: string): void {
		this.#lists.set(element, { shape: 'only', path });
	}

	empty(element: Element, path: string): void {
		this.#lists.set(element, { shape: 'empty', path });
	}

	/** Writes the marks into the elements, and the declaration of their prefix into the root. */
	place(root: Element): void {
		if (!this.#by.whole) {
			this.#placeShapes(root, this.#paths.look(root), `/${root.name}`);
		}
		if (this.#marks.size === 0) return;
		const prefix = freePrefix(root);
		for (const [element, marks] of this.#marks) element.attributes.push(...marks.map(([name, value]) => ({ name: `${prefix}:${name}`, value })));
		root.attributes.push({ name: `xmlns:${prefix}`, value: markNamespace });
	}

	#placeShapes({ content }: Element, place: ListPlace, path: string): void {
		for (const part of content) {
			if (part.kind !== 'element') continue;
			const below = place.child(part.name);
			const where = this.#by.marks === 'none' ? `${path}/${part.name}` : '';
			this.#placeShape(part, below.holdsItems, where);
			if (part.content.length > 0) this.#placeShapes(part, below, where);
		}
	}

	/** What is neither an item nor a list is a value of its own, whatever else is at its path. */
	#placeShape(element: Element, isTakenForItem: boolean, where: string): void {
		const list = this.#lists.get(element);
		if (list?.shape === 'empty') this.#list(element, 'empty', 'emptyList', list.path);
		else if (list?.shape === 'only') {
			if (!isTakenForItem) this.#list(element, 'only', 'oneItemList', list.path);
		} else if (isTakenForItem && !this.#plain.has(element)) this.#list(element, 'none', 'takenForList', where);
	}

	#list(element: Element, value: string, code: string, path: string): void {
		if (this.#by.marks === 'none') this.#tell({ code, kind: 'changed', path });
		else this.#mark(element, 'list', value);
	}

	#mark(element: Element, name: string, value: string): void {
		const marks = this.#marks.get(element);
		if (marks === undefined) this.#marks.set(element, [[name, value]]);
		else if (!marks.some(([present]) => present === name)) marks.push([name, value]);
	}
}

/** A prefix that the document uses for nothing else. */
function freePrefix(root: Element): string {
	const taken = new Set<string>();
	const look = ({ attributes, content }: Element): void => {
		for (const { name } of attributes) if (name.startsWith('xmlns:')) taken.add(name.slice(6));
		for (const part of content) if (part.kind === 'element') look(part);
	};
	look(root);
	for (let number = 1; ; number++) {
		const prefix = number === 1 ? 'data' : `data${number}`;
		if (!taken.has(prefix)) return prefix;
	}
}
