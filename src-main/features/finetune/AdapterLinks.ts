import { isNotNull } from 'drizzle-orm';
import type { Model } from '#contract/library.ts';
import type { Db } from '../../platform/database/openDatabase.ts';
import { everyOwner } from '../../platform/database/owned.ts';
import type { AdapterInspector } from './AdapterInspector.ts';
import { type AdapterRow, ofAdapter } from './adapterRows.ts';
import type { RunFolders } from './RunFolders.ts';
import { adapter } from './schema.ts';

/** Which models of the library adapters belong to, where these were taken off it and came back under another id. */
export class AdapterLinks {
	readonly #options: { db: Db; folders: RunFolders; inspector: AdapterInspector };
	/** Adapters and models that were looked at beside each other. */
	readonly #lookedAt = new Set<string>();

	constructor(options: { db: Db; folders: RunFolders; inspector: AdapterInspector }) {
		this.#options = options;
	}

	/**
	 * Looks for the models of adapters that have none any more among those of the same name, by the digest of the base that an adapter
	 * names.
	 */
	async renew(models: readonly Model[]): Promise<void> {
		const { db } = this.#options;
		// Whoever's they are: it is the app that finds the model.
		const named = everyOwner(adapter, isNotNull(adapter.baseDigest));
		const rows = db.select().from(adapter).where(named).all();
		for (const row of rows.filter(({ modelId }) => !models.some(({ id }) => id === modelId))) {
			const model = await this.#findModel(row, models);
			if (model) db.update(adapter).set({ modelId: model.id }).where(ofAdapter(row.ownerId, row.id)).run();
		}
	}

	async #findModel(row: AdapterRow, models: readonly Model[]): Promise<Model | null> {
		for (const model of models.filter(({ name }) => name === row.modelName)) {
			const pair = `${row.id} ${model.id}`;
			if (this.#lookedAt.has(pair)) continue;
			this.#lookedAt.add(pair);
			const file = this.#options.folders.adapter(row.id);
			// One that cannot be read, or does not fit, is not its model.
			const inspected = await this.#options.inspector.inspect(row.ownerId, file, model, row.name).catch(() => null);
			if (inspected?.modelDigest === row.baseDigest) return model;
		}
		return null;
	}
}
