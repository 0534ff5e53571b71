import { randomUUID } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { MemoryHit } from '#contract/subtitles.ts';
import type { Store, Tx } from '../../platform/database/openDatabase.ts';
import { owned } from '../../platform/database/owned.ts';
import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { FuzzyIndex } from './FuzzyIndex.ts';
import { foldSource } from './foldSource.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { type CueState, translationUnit } from './schema.ts';
import { withPlaceholdersOf } from './withPlaceholdersOf.ts';

/** As many of the newest units are looked through for like ones. */
const mostSearched = 50_000;

/** A unit of the memory, as it is looked for. */
type Unit = Pick<typeof translationUnit.$inferSelect, 'source' | 'target' | 'projectId' | 'fold'>;

/**
 * What an account has approved so far: for the next cue that says the same, in the same project or in another one.
 *
 * It follows the cues: approved, a cue's translation is in it; not approved any more, it is not. When a project is deleted its units stay.
 */
export class TranslationMemory {
	readonly #now: () => number;

	constructor({ now }: { now: () => number }) {
		this.#now = now;
	}

	/** Takes a cue in or out, as what it becomes is approved or not. */
	follow(tx: Tx, { ownerId, id: projectId, format, targetLanguage }: ProjectRow, row: CueRow, state: CueState): void {
		tx.delete(translationUnit)
			.where(owned(translationUnit, ownerId, eq(translationUnit.cueId, row.id)))
			.run();
		if (!state.isApproved || state.target === null || row.skip !== null) return;
		const markup = markupOf(format);
		const lifted = liftTags(markup, row.source);
		const target = withPlaceholdersOf(lifted, liftTags(markup, state.target));
		const unit = { id: randomUUID(), ownerId, projectId, cueId: row.id, targetLanguage, fold: foldSource(lifted.text), source: lifted.text, target };
		tx.insert(translationUnit)
			.values({ ...unit, updatedAt: this.#now() })
			.run();
	}

	/** What a text was translated as before, one of this project before others, the newest first; null where it never was. */
	findExact(store: Store, { ownerId, id, targetLanguage }: ProjectRow, source: string): { target: string } | null {
		const found = store
			.select({ target: translationUnit.target })
			.from(translationUnit)
			.where(owned(translationUnit, ownerId, eq(translationUnit.targetLanguage, targetLanguage), eq(translationUnit.fold, foldSource(source))))
			.orderBy(desc(sql`${translationUnit.projectId} is ${id}`), desc(translationUnit.updatedAt))
			.limit(1)
			.get();
		return found ?? null;
	}

	/** What an account has, made ready to look for like texts in: once for many of them. */
	open(store: Store, { ownerId, id, targetLanguage }: ProjectRow): { like(source: string, most: number): MemoryHit[] } {
		const all: Unit[] = store
			.select({ source: translationUnit.source, target: translationUnit.target, projectId: translationUnit.projectId, fold: translationUnit.fold })
			.from(translationUnit)
			.where(owned(translationUnit, ownerId, eq(translationUnit.targetLanguage, targetLanguage)))
			.orderBy(desc(translationUnit.updatedAt))
			.limit(mostSearched)
			.all();
		const units = distinct(all, id);
		const index = new FuzzyIndex(units.map(({ source }) => source));
		return {
			like: (source, most) =>
				index.find(source, most).flatMap(({ at, fraction }) => {
					const unit = units[at];
					return unit ? [{ source: unit.source, target: unit.target, fraction, isOwn: unit.projectId === id }] : [];
				}),
		};
	}
}

/** Of units that say the same the first, one of this project before others: a greeting is approved in every film. */
function distinct(units: readonly Unit[], projectId: string): Unit[] {
	const kept = new Map<string, Unit>();
	for (const unit of units) {
		const key = JSON.stringify([unit.fold, unit.target]);
		const other = kept.get(key);
		if (!other || (other.projectId !== projectId && unit.projectId === projectId)) kept.set(key, unit);
	}
	return [...kept.values()];
}
