import type { FailureRecord } from '#contract/errors.ts';
import type { Store, Tx } from '../../platform/database/openDatabase.ts';
import { findJobHold, type Hold, type Ledger, openHoldForJob } from '../ledger/ledger.ts';
import { filmCost } from './filmCost.ts';
import { batchesOf, type FilmSpec } from './filmSpec.ts';
import { readCueRows } from './projectRows.ts';
import type { SubtitlePrompts } from './translatePrompt.ts';

/** A job for which a hold is to be there. `subjectIds` are the items that it has left to do. */
export interface PaidFilm {
	id: string;
	ownerId: string;
	spec: FilmSpec;
	subjectIds: readonly string[];
	/** Why it had stopped, where it is taken up again. */
	failure?: FailureRecord | null;
}

/**
 * The hold that pays for a job; where its last one has ended, or there never was one, another for what is left to do, by the price of now: what
 * all of it is likely to cost, or its first batch where there is less than that. Throws INSUFFICIENT_TOKENS where there is not enough to begin, and
 * NOT_FOUND where the model is gone.
 */
export function openFilmHold(
	{ ledger, library, prompts }: { ledger: Ledger; library: { get(modelId: string): { name: string } }; prompts: SubtitlePrompts },
	{ id: jobId, ownerId, spec, subjectIds, failure = null }: PaidFilm,
	store: Store,
	tx?: Tx,
): Hold {
	const { id, hold } = findJobHold(ledger, jobId);
	if (hold) return hold;
	const rows = readCueRows(store, ownerId, spec.projectId);
	const { tokens: all, first, least } = filmCost(prompts, spec, batchesOf(spec, subjectIds), rows, ledger.price('subtitles'));
	const work = { requestId: id, accountId: ownerId, task: 'subtitles', modelId: spec.modelId, modelName: library.get(spec.modelId).name } as const;
	return openHoldForJob(ledger, { ...work, subjectId: spec.projectId }, { all, first, least }, failure, tx);
}
