import { interned } from './interned.ts';

/** A mapping of more keys goes on by itself: what is like nothing else is not worth remembering. */
const mostKeys = 64;
/** So many shapes are remembered. */
const mostShapes = 10_000;

/**
 * The keys of a mapping as far as it was read, in their order. Mappings that are alike go through the same shapes one after another, so that what
 * there is to know of their keys, above all whether one stood there before, is found out once.
 */
export class Shape {
	/** The last key, interned; empty where there is none yet. */
	readonly key: string;
	/** The last key in quotes, where it can stand between them without escapes. */
	readonly quoted: string | undefined;
	/** Whether the last key stood in the mapping before. */
	readonly isRepeated: boolean;
	/** The shape that followed when a mapping was last of this one. */
	likely: Shape | undefined;
	readonly #size: number;
	readonly #parent: Shape | undefined;
	readonly #top: Shape;
	#next: Map<string, Shape> | undefined;
	/** Of the first shape: how many came of it. */
	#made = 0;
	/** Of a mapping of many keys: all of them. */
	#keys: Set<string> | undefined;

	private constructor(key: string, isRepeated: boolean, size = 0, parent?: Shape) {
		this.key = key;
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
		this.quoted = /["\\\0-\x1f]/.test(key) ? undefined : `"${key}"`;
		this.isRepeated = isRepeated;
		this.#size = size;
		this.#parent = parent;
		this.#top = parent === undefined ? this : parent.#top;
	}

	/** The shape of a mapping without keys, with which all others begin. */
	static empty(): Shape {
		return new Shape('', false);
	}

	/** The shape with one more key. */
	with(key: string): Shape {
		const { likely } = this;
		if (likely?.key === key) return likely;
		if (this.#size >= mostKeys) return this.#beyond(key);
		let next = this.#next?.get(key);
		if (next === undefined) {
			next = this.#make(interned(key));
			this.#next ??= new Map();
			this.#next.set(next.key, next);
		}
		this.likely = next;
		return next;
	}

	#make(key: string): Shape {
		const top = this.#top;
		if (++top.#made > mostShapes) {
			top.#made = 0;
			top.#next = undefined;
			top.likely = undefined;
		}
		return new Shape(key, this.#holds(key), this.#size + 1, this);
	}

	/** The shape of one mapping alone, which no other comes to. */
	#beyond(key: string): Shape {
		const keys = this.#keys ?? new Set(this.#all());
		const next = new Shape(key, keys.has(key), this.#size);
		next.#keys = keys.add(key);
		return next;
	}

	#holds(key: string): boolean {
		for (const held of this.#all()) if (held === key) return true;
		return false;
	}

	*#all(): Generator<string> {
		for (let shape: Shape = this; shape.#parent !== undefined; shape = shape.#parent) yield shape.key;
	}
}
