import { type Found, type FoundKind, foundKinds } from '#contract/search.ts';
import type { Db, Tx } from '../../platform/database/openDatabase.ts';
import type { Logger } from '../../platform/log/createLog.ts';
import { TextIndex } from '../../platform/search/TextIndex.ts';
import type { TextSource } from '../../platform/search/TextSource.ts';

type KnownSource = TextSource & { kind: FoundKind };

/** Finds what a person made, wherever in the app it is. What can be found the features say (their `…Texts.ts`). Call `start` once and `close` before the database's. */
export class Search {
	readonly #index: TextIndex;

	constructor({ db, sources, log }: { db: Db; sources: readonly KnownSource[]; log: Logger }) {
		const inOrder = foundKinds.flatMap((kind) => sources.filter((source) => source.kind === kind));
		this.#index = new TextIndex({ db, sources: inOrder, log });
	}

	start(): void {
		this.#index.start();
	}

	close(): void {
		this.#index.close();
	}

	/** What of this owner's has all of these words in it; at most so many of each kind. */
	find(ownerId: string, words: string, mostOfKind: number): { found: Found[]; isComplete: boolean } {
		const { found, isComplete } = this.#index.find(ownerId, words, mostOfKind);
		// The sources' kinds are those of the contract.
		return { found: found.map(({ snippet, kind, ...place }) => ({ ...place, ...snippet, kind: kind as FoundKind })), isComplete };
	}

	/** Forgets all that an owner had, in the transaction that deletes the owner. */
	removeAllOf(ownerId: string, tx: Tx): void {
		this.#index.removeAllOf(ownerId, tx);
	}
}
