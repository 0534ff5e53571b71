import { randomUUID } from 'node:crypto';
import { asc, eq, isNull, lt, type SQL } from 'drizzle-orm';
import type { ConvertPreset } from '#contract/convert.ts';
import { convertLimits } from '#contract/convertLimits.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { failure } from '#contract/errors.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import { type Db, immediate, type Store, type Tx } from '../../platform/database/openDatabase.ts';
import { everyOwner, owned } from '../../platform/database/owned.ts';
import { convertPreset } from './schema.ts';

/** Orders that an account keeps under names. What was hidden long ago is purged as it is made. */
export class Presets {
	readonly #db: Db;
	readonly #now: () => number;

	constructor({ db, now }: { db: Db; now: () => number }) {
		this.#db = db;
		this.#now = now;
		db.delete(convertPreset)
			.where(everyOwner(convertPreset, lt(convertPreset.deletedAt, now() - keepDeletedMs)))
			.run();
	}

	/** Those that are not hidden, by their names. */
	list(ownerId: string, store: Store = this.#db): ConvertPreset[] {
		const rows = store
			.select()
			.from(convertPreset)
			.where(owned(convertPreset, ownerId, isNull(convertPreset.deletedAt)))
			.orderBy(asc(convertPreset.name))
			.all();
		return rows.map(({ id, name, order }) => ({ id, name, order }));
	}

	/** All of an owner's, hidden ones too, to take away. */
	exportOf(ownerId: string): unknown {
		const { id, name, order, deletedAt } = convertPreset;
		return this.#db.select({ id, name, order, deletedAt }).from(convertPreset).where(owned(convertPreset, ownerId)).orderBy(asc(name)).all();
	}

	/** Keeps an order, in the place of one that has its name. Throws TOO_MANY_FILES. */
	save(ownerId: string, name: string, order: ConvertOrder): ConvertPreset {
		return immediate(this.#db, (tx) => {
			const kept = this.list(ownerId, tx);
			const known = kept.find((preset) => preset.name === name);
			if (!known && kept.length >= convertLimits.presets) throw failure('TOO_MANY_FILES', { limit: convertLimits.presets, found: kept.length + 1 });
			if (known) tx.update(convertPreset).set({ order }).where(isPreset(ownerId, known.id)).run();
			const preset = { id: known?.id ?? randomUUID(), name, order };
			if (!known)
				tx.insert(convertPreset)
					.values({ ...preset, ownerId })
					.run();
			return preset;
		});
	}

	/** Hides one; it can be brought back until it is purged. Throws NOT_FOUND. */
	remove(ownerId: string, presetId: string): void {
		const { changes } = this.#db
			.update(convertPreset)
			.set({ deletedAt: this.#now() })
			.where(isPreset(ownerId, presetId, isNull(convertPreset.deletedAt)))
			.run();
		if (changes === 0) throw failure('NOT_FOUND', { what: 'preset' });
	}

	removeAllOf(ownerId: string, tx: Tx): void {
		tx.delete(convertPreset).where(owned(convertPreset, ownerId)).run();
	}

	/** Brings one back; one that has taken its name meanwhile is hidden in its turn, so that neither is lost. Throws NOT_FOUND. */
	restore(ownerId: string, presetId: string): void {
		immediate(this.#db, (tx) => {
			const row = tx.select().from(convertPreset).where(isPreset(ownerId, presetId)).get();
			if (!row) throw failure('NOT_FOUND', { what: 'preset' });
			if (row.deletedAt === null) return;
			tx.update(convertPreset)
				.set({ deletedAt: this.#now() })
				.where(owned(convertPreset, ownerId, eq(convertPreset.name, row.name), isNull(convertPreset.deletedAt)))
				.run();
			tx.update(convertPreset).set({ deletedAt: null }).where(isPreset(ownerId, presetId)).run();
		});
	}
}

/** One preset of this owner, where it fits `condition`. */
export function isPreset(ownerId: string, presetId: string, condition?: SQL): SQL {
	return owned(convertPreset, ownerId, eq(convertPreset.id, presetId), condition);
}
