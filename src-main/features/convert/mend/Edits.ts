import type { MendRule } from '#contract/convertMend.ts';

/** One place of a source that is written otherwise: from `at` up to but without `end`, by a rule that has a name. */
export interface Edit {
	at: number;
	end: number;
	text: string;
	rule: MendRule;
}

/** Collects the edits of a source in their order, and makes them: everything between them stays as it is. */
export class Edits {
	readonly #source: string;
	readonly all: Edit[] = [];

	constructor(source: string) {
		this.#source = source;
	}

	/** Edits come in the order of their places; one that begins before the last one ended is a bug. */
	add(rule: MendRule, at: number, end: number, text: string): void {
		if (this.#source.slice(at, end) === text) return;
		const last = this.all.at(-1);
		if (last && at < last.end) throw new Error(`an edit at ${at} begins before the one at ${last.at} ends`);
		this.all.push({ at, end, text, rule });
	}

	/** The source with all edits made. */
	result(): string {
		const parts: string[] = [];
		let from = 0;
		for (const { at, end, text } of this.all) {
			parts.push(this.#source.slice(from, at), text);
			from = end;
		}
		return parts.join('') + this.#source.slice(from);
	}
}
