import { failure } from '#contract/errors.ts';
import type { ModelDefaults } from '#contract/library.ts';

/** Something that answers: a model of the library, or a route. */
export interface NamedModel {
	id: string;
	name: string;
	defaults: ModelDefaults | null;
	/** Epoch milliseconds. */
	addedAt: number;
}

/** Finds what programs may ask, by the names they know: that on the screens, or the id. */
export class ModelNames {
	readonly #list: () => NamedModel[];
	readonly #usableBy: (accountId: string) => (modelId: string) => boolean;

	constructor(options: { list: () => NamedModel[]; usableBy: (accountId: string) => (modelId: string) => boolean }) {
		this.#list = options.list;
		this.#usableBy = options.usableBy;
	}

	/** All that an account may use, by name. */
	list(accountId: string): NamedModel[] {
		const mayUse = this.#usableBy(accountId);
		return this.#list()
			.filter(({ id }) => mayUse(id))
			.sort((a, b) => (a.name < b.name ? -1 : 1));
	}

	/** What an account may use under this name or id. Throws NOT_FOUND, also for what it may not use. */
	find(accountId: string, nameOrId: string): NamedModel {
		const all = this.list(accountId);
		const found = all.find(({ name }) => name === nameOrId) ?? all.find(({ id }) => id === nameOrId);
		if (!found) throw failure('NOT_FOUND', { what: 'model' });
		return found;
	}
}
