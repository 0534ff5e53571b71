import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { ConvertPreset } from '#contract/convert.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { failure } from '#contract/errors.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { convertPreset } from './schema.ts';

/** Orders that an account keeps under names. */
export class Presets {
	readonly #db: Db;

	constructor(db: Db) {
		this.#db = db;
	}

	/** By their names. */
	list(ownerId: string, store: Store = this.#db): ConvertPreset[] {
		const rows = store.select().from(convertPreset).where(owned(convertPreset, ownerId)).orderBy(asc(convertPreset.name)).all();
		return rows.map(({ id, name, order }) => ({ id, name, order }));
	}

	/** Keeps an order, in the place of one that has its name. Throws TOO_MANY_FILES. */
	save(ownerId: string, name: string, order: ConvertOrder): ConvertPreset {
		return immediate(this.#db, (tx) => {
			const kept = this.list(ownerId, tx);
			const known = kept.find((preset) => preset.name === name);
			if (!known && kept.length >= convertLimits.presets) throw failure('TOO_MANY_FILES', { limit: convertLimits.presets, found: kept.length + 1 });
			if (known)
				tx.update(convertPreset)
					.set({ order })
					.where(owned(convertPreset, ownerId, eq(convertPreset.id, known.id)))
					.run();
			const preset = { id: known?.id ?? randomUUID(), name, order };
			if (!known)
				tx.insert(convertPreset)
					.values({ ...preset, ownerId })
					.run();
			return preset;
		});
	}

	/** Throws NOT_FOUND. */
	remove(ownerId: string, presetId: string): void {
		const isIt = owned(convertPreset, ownerId, eq(convertPreset.id, presetId));
		if (this.#db.delete(convertPreset).where(isIt).returning().all().length === 0) throw failure('NOT_FOUND', { what: 'preset' });
	}

	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(convertPreset).where(owned(convertPreset, ownerId)).run();
	}
}
