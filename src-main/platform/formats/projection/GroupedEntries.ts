import type { Entry, Mapping, Text, Value } from '../middle.ts';

/** The entries of a mapping as elements come: those of one name are brought together, and comments wait for what they stand above. */
export class GroupedEntries {
	readonly #entries: Entry[];
	readonly #byName = new Map<string, Entry>();
	#waiting: string[] = [];

	constructor(attributes: Entry[] = []) {
		this.#entries = [...attributes];
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
		const present = this.#byName.get(name);
		if (present?.value.kind === 'sequence') present.value.items.push(this.carriedBy(value));
		else this.#put(name, value, at);
	}

	addItem(name: string, value: Value, at: number | undefined): void {
		if (!this.#byName.has(name)) this.addList(name, at);
		this.add(name, value, at);
	}

	addList(name: string, at: number | undefined): void {
		this.#put(name, { kind: 'sequence', items: [], ...(at !== undefined && { at }) }, at);
	}

	/** A comment or an instruction; several of one key become a list. */
	addAside(name: string, value: Text, at: number | undefined): void {
		const present = this.#byName.get(name);
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
		this.#byName.set(name, made);
	}

	#take(): string[] {
		const taken = this.#waiting;
		this.#waiting = [];
		return taken;
	}
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
