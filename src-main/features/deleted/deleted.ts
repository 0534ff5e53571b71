import { setImmediate } from 'node:timers/promises';
import { type DeletedKind, type DeletedThing, mostDeletedTold } from '#contract/deleted.ts';
import { keepDeletedMs } from '#contract/keepDeleted.ts';
import type { DeletedSource } from '../../platform/database/DeletedSource.ts';

/** All that a person deleted and can still have back, wherever in the app it was. What that is the features say (their `deleted….ts`). */
export class Deleted {
	readonly #sources: ReadonlyMap<DeletedKind, DeletedSource<DeletedKind>>;
	readonly #forgetAnswers: (ownerId: string) => void;

	/** `forgetAnswers` drops what is kept of an owner's answers to be given again: what came of a thing is not to outlive it. */
	constructor({ sources, forgetAnswers }: { sources: readonly DeletedSource<DeletedKind>[]; forgetAnswers(ownerId: string): void }) {
		this.#sources = new Map(sources.map((source) => [source.kind, source]));
		this.#forgetAnswers = forgetAnswers;
	}

	/** The newest of what this owner deleted, and how much there is. */
	list(ownerId: string): { things: DeletedThing[]; total: number } {
		const all = this.#all(ownerId);
		return { things: all.slice(0, mostDeletedTold), total: all.length };
	}

	/** Brings one back; NOT_FOUND where it is gone for good. */
	restore(ownerId: string, kind: DeletedKind, id: string): void {
		this.#source(kind).restore(ownerId, id);
	}

	/** Deletes one for good; NOT_FOUND where it is gone, or back. Throws what its source refuses it with. */
	async purge(ownerId: string, kind: DeletedKind, id: string): Promise<void> {
		await this.#source(kind).purge(ownerId, id);
		this.#forgetAnswers(ownerId);
	}

	/** Deletes for good what was deleted until `until`, newest first, letting others have their turn in between. Throws the first refusal when all else is gone. */
	async purgeAll(ownerId: string, until: number): Promise<void> {
		const refusals: unknown[] = [];
		for (const { kind, id, deletedAt } of this.#all(ownerId)) {
			if (deletedAt > until) continue;
			try {
				await this.purge(ownerId, kind, id);
			} catch (error) {
				refusals.push(error);
			}
			await setImmediate();
		}
		if (refusals.length > 0) throw refusals[0];
	}

	#all(ownerId: string): DeletedThing[] {
		const things = [...this.#sources.values()].flatMap(({ kind, list }) =>
			list(ownerId).map((row) => ({ kind, ...row, keptUntil: row.deletedAt + keepDeletedMs })),
		);
		return things.sort((a, b) => b.deletedAt - a.deletedAt);
	}

	#source(kind: DeletedKind): DeletedSource<DeletedKind> {
		const source = this.#sources.get(kind);
		if (!source) throw new Error(`nothing brings back a deleted ${kind}`);
		return source;
	}
}
