import { isDeepStrictEqual } from 'node:util';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import type { ChatSettings } from '#contract/chat.ts';
import { failure, isFailure } from '#contract/errors.ts';
import type { ModelDefaults, NamedModel } from '#contract/library.ts';
import { startingSettings } from '#contract/startingSettings.ts';
import { type AdapterShelf, isAdapterFailure, type Models, nameWithAdapter } from '../engine/engine.ts';
import type { ConversationRow } from './chatRows.ts';

/** Knows which model answers a conversation, with which adapter, and what it begins with. It reads, and changes nothing. */
export class ChatModels {
	readonly #engine: Pick<Models, 'mayUse'>;
	readonly #library: { get(modelId: string): NamedModel };
	readonly #adapters: AdapterShelf;

	constructor({ engine, library, adapters }: { engine: Pick<Models, 'mayUse'>; library: { get(modelId: string): NamedModel }; adapters: AdapterShelf }) {
		this.#engine = engine;
		this.#library = library;
		this.#adapters = adapters;
	}

	/** The model that answers a conversation. Throws NO_MODEL where none is chosen, or that one is gone or may not be used any more. */
	modelOf(row: ConversationRow): NamedModel {
		// The right to it may have been taken after it had been chosen here.
		if (row.modelId === null || !this.#engine.mayUse(row.ownerId, row.modelId)) throw failure('NO_MODEL', {});
		try {
			return this.#library.get(row.modelId);
		} catch (error) {
			// The model was taken off the library after it had been chosen here.
			throw isFailure(error, 'NOT_FOUND') ? failure('NO_MODEL', {}, error) : error;
		}
	}

	/** What an answer is signed with; where the adapter cannot be used the answer itself says so. */
	signature({ ownerId, adapter }: ConversationRow, model: NamedModel): string {
		try {
			return nameWithAdapter(model.name, adapter && this.#adapters.open(ownerId, adapter, model.id));
		} catch (error) {
			if (isAdapterFailure(error)) return model.name;
			throw error;
		}
	}

	/**
	 * The adapter after a change: the one that it names, else the one that was there, unless another model comes that it does not belong to.
	 * Throws NO_MODEL, and for one that the change names what opening it throws.
	 */
	adapterAfter(
		{ ownerId, adapter, modelId }: ConversationRow,
		changes: { modelId?: string | null | undefined; adapter?: AttachedAdapter | null | undefined },
	): AttachedAdapter | null {
		const model = changes.modelId === undefined ? modelId : changes.modelId;
		if (changes.adapter) {
			if (model === null) throw failure('NO_MODEL', {});
			this.#adapters.open(ownerId, changes.adapter, model);
			return changes.adapter;
		}
		if (changes.adapter === null || adapter === null || model === null) return null;
		return model === modelId || this.#belongs(ownerId, adapter, model) ? adapter : null;
	}

	/** The settings with which a change begins: what the source of the model that comes advises, unless something was said or set before. */
	settingsBefore(row: ConversationRow, coming: NamedModel | null): ChatSettings {
		const isUntouched = row.leafId === null && isDeepStrictEqual(row.settings, startingSettings(this.#defaultsOf(row.modelId)));
		return coming && isUntouched ? startingSettings(coming.defaults) : row.settings;
	}

	/** One whose file alone is gone stays: it may come back. */
	#belongs(ownerId: string, adapter: AttachedAdapter, modelId: string): boolean {
		try {
			this.#adapters.open(ownerId, adapter, modelId);
			return true;
		} catch (error) {
			if (isAdapterFailure(error)) return isFailure(error, 'ADAPTER_MISSING');
			throw error;
		}
	}

	#defaultsOf(modelId: string | null): ModelDefaults | null {
		try {
			return modelId === null ? null : this.#library.get(modelId).defaults;
		} catch (error) {
			// The model was taken off the list since.
			if (isFailure(error, 'NOT_FOUND')) return null;
			throw error;
		}
	}
}
