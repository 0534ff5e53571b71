import type { FoundModel } from './foundModel.ts';

const keptMs = 5 * 60_000;
const kept = 50;

/** What sources said of models within the last minutes, so that a list, its badges and a download of it are of one revision and ask once. */
export class RecentModels {
	readonly #byKey = new Map<string, { at: number; model: Promise<FoundModel> }>();
	readonly #now: () => number;

	constructor(options: { now?: () => number } = {}) {
		this.#now = options.now ?? Date.now;
	}

	/** The model as it was told lately, or as `ask` tells it now; with a `revision`, as of that one, however long ago it was told. */
	async get(key: string, revision: string | null, ask: () => Promise<FoundModel>): Promise<FoundModel> {
		const newest = this.#byKey.get(key);
		if (newest && revision === null && this.#now() - newest.at < keptMs) return newest.model;
		const model = await newest?.model.catch(() => null);
		if (model && revision === model.revision) return model;
		const exactKey = revision === null ? key : `${key} ${revision}`;
		const known = revision === null ? undefined : this.#byKey.get(exactKey);
		if (known) return known.model;
		const entry = { at: this.#now(), model: ask() };
		this.#keep(exactKey, entry);
		// What failed is asked anew the next time.
		entry.model.catch(() => {
			if (this.#byKey.get(exactKey) === entry) this.#byKey.delete(exactKey);
		});
		return entry.model;
	}

	clear(): void {
		this.#byKey.clear();
	}

	#keep(key: string, entry: { at: number; model: Promise<FoundModel> }): void {
		this.#byKey.delete(key);
		this.#byKey.set(key, entry);
		const [oldest] = this.#byKey.keys();
		if (this.#byKey.size > kept && oldest !== undefined) this.#byKey.delete(oldest);
	}
}
