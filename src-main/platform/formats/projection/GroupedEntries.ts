import type { Entry, Mapping, Text, Value } from '../middle.ts';

/** So many entries are looked through faster than they are put in order. */
const few = 16;

/** The entries of a mapping as elements come: those of one name are brought together, and comments wait for what they stand above. */
export class GroupedEntries {
	readonly #entries: Entry[];
	/** Where those that are found by their names begin, behind the attributes. */
	readonly #first: number;
	/** Of an element with many: the last entry of each name. */
	#byName: Map<string, Entry> | undefined;
	#waiting: string[] = [];

	constructor(attributes: Entry[] = []) {
		this.#entries = [...attributes];
		this.#first = attributes.length;
	}

	get count(): number {
		return this.#entries.length;
	}

	/** Puts an entry where others came after it already. */
	insert(place: number, name: string, value: Value): void {
		this.#entries.splice(place, 0, entry(name, value, value.at));
	}

	comment(words: string): void {
		this.#waiting.push(words);
	}

	add(name: string, value: Value, at: number | undefined): void {
		const present = this.#find(name);
		if (present?.value.kind === 'sequence') present.value.items.push(this.carriedBy(value));
		else this.#put(name, value, at);
	}

	addItem(name: string, value: Value, at: number | undefined): void {
		if (this.#find(name) === undefined) this.addList(name, at);
		this.add(name, value, at);
	}

	addList(name: string, at: number | undefined): void {
		this.#put(name, { kind: 'sequence', items: [], ...(at !== undefined && { at }) }, at);
	}

	/** A comment or an instruction; several of one key become a list. */
	addAside(name: string, value: Text, at: number | undefined): void {
		const present = this.#find(name);
		if (present !== undefined && present.value.kind !== 'sequence') present.value = { kind: 'sequence', items: [present.value] };
		this.add(name, value, at);
	}

	/** The comments that wait, above a value that has no entry to stand above. */
	carriedBy(value: Value): Value {
		if (this.#waiting.length === 0) return value;
		const before = this.#take();
		return { ...value, before: [...before, ...(value.before ?? [])] };
	}

	mapping(at: number | undefined): Mapping {
		const inside = this.#take();
		return { kind: 'mapping', entries: this.#entries, ...(inside.length > 0 && { inside }), ...(at !== undefined && { at }) };
	}

	#put(name: string, value: Value, at: number | undefined): void {
		const made = entry(name, value, at);
		if (this.#waiting.length > 0) made.key = { ...made.key, before: this.#take() };
		this.#entries.push(made);
		if (this.#byName) this.#byName.set(name, made);
		else if (this.#entries.length - this.#first > few) this.#byName = new Map(this.#entries.slice(this.#first).map((one) => [keyOf(one), one]));
	}

	#find(name: string): Entry | undefined {
		if (this.#byName) return this.#byName.get(name);
		for (let at = this.#entries.length - 1; at >= this.#first; at--) {
			const present = this.#entries[at];
			if (present && keyOf(present) === name) return present;
		}
		return undefined;
	}

	#take(): string[] {
		const taken = this.#waiting;
		this.#waiting = [];
		return taken;
	}
}

function keyOf({ key }: Entry): string {
	return key.kind === 'text' ? key.value : '';
}

export function text(value: string, at?: number): Text {
	return at === undefined ? { kind: 'text', value } : { kind: 'text', value, at };
}

export function entry(key: string, value: Value, at?: number): Entry {
	return { key: text(key, at), value };
}

export function mapping(entries: Entry[], at?: number): Mapping {
	return at === undefined ? { kind: 'mapping', entries } : { kind: 'mapping', entries, at };
}
