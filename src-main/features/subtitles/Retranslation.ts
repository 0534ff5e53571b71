import { randomUUID } from 'node:crypto';
import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure } from '#contract/errors.ts';
import type { Model } from '#contract/library.ts';
import { likelyTokensOf, priceOf } from '#contract/priceOf.ts';
import { rulesOf } from '#contract/readingRules.ts';
import { type Db, immediate } from '../../platform/database/openDatabase.ts';
import { JobPaused } from '../../platform/jobs/JobRunner.ts';
import { tellSteps } from '../../platform/rpc/tellSteps.ts';
import type { AdapterShelf, Engine } from '../engine/engine.ts';
import { HoldShare, type Ledger } from '../ledger/ledger.ts';
import { requireModel } from '../library/library.ts';
import { askModel } from './askModel.ts';
import { batchCueOf } from './BatchCue.ts';
import type { CueActs } from './CueActs.ts';
import { stateOf } from './cueState.ts';
import type { Glossaries } from './Glossaries.ts';
import { markupOf } from './markupOf.ts';
import { nearCues } from './nearCues.ts';
import { type CueRow, type ProjectRow, readCueRow, readCueRows, readProject } from './projectRows.ts';
import type { TranslationMemory } from './TranslationMemory.ts';
import { termsIn } from './termsIn.ts';
import { translateBatch } from './translateBatch.ts';
import { type BatchMatter, batchTurns, type SubtitlePrompts } from './translatePrompt.ts';

const windowCues = 5;
const mostLike = 3;

/** Which cue is translated anew, by what, and with which wish. */
export interface RetranslateOrder {
	cueId: string;
	modelId: string;
	adapter: AttachedAdapter | null;
	hint: string;
}

interface Tools {
	db: Db;
	engine: Engine;
	library: { get(modelId: string): Model };
	ledger: Ledger;
	adapters: AdapterShelf;
	prompts: SubtitlePrompts;
	acts: CueActs;
	memory: TranslationMemory;
	glossaries: Glossaries;
}

/**
 * One cue that a person has translated anew: an act of theirs, which is undone like the others. What it is likely to cost is set aside first; what
 * was used is charged however it ends, and the rest goes back.
 */
export class Retranslation {
	readonly #tools: Tools;

	constructor(tools: Tools) {
		this.#tools = tools;
	}

	/**
	 * Tells what it is doing until the cue is written; ends without that where `signal` ended it, or the reader left.
	 *
	 * Throws NO_MODEL, MODEL_MISSING and INSUFFICIENT_TOKENS with nothing begun, the engine's failures, and TRANSLATION_INVALID.
	 */
	async *run(ownerId: string, projectId: string, order: RetranslateOrder, signal?: AbortSignal): AsyncGenerator<'loading' | 'writing' | 'written'> {
		const write = (onStep: (step: 'writing') => void, ended: AbortSignal) => this.#write(ownerId, projectId, order, () => onStep('writing'), ended);
		yield* tellSteps<'loading' | 'writing', 'written'>(write, 'loading', signal);
	}

	async #write(ownerId: string, projectId: string, order: RetranslateOrder, begin: () => void, signal: AbortSignal): Promise<'written' | null> {
		const { db, engine, library, ledger, adapters } = this.#tools;
		const { modelId, adapter: attached, cueId } = order;
		const project = readProject(db, ownerId, projectId);
		const row = readCueRow(db, ownerId, projectId, cueId);
		const { name: modelName } = requireModel(library, modelId);
		const adapter = attached && adapters.open(ownerId, attached, modelId);
		const { cue, matter } = this.#matterOf(project, row, order.hint);
		const likely = 100 + likelyTokensOf(batchTurns(this.#tools.prompts, project, [cue], matter));
		const tokens = priceOf(ledger.price('subtitles'), likely);
		const hold = ledger.openHold({ requestId: randomUUID(), accountId: ownerId, task: 'subtitles', modelId, modelName, subjectId: projectId, tokens });
		const allotment = new HoldShare(ledger, hold).open();
		try {
			await engine.ensureRunning(ownerId, modelId, signal);
			begin();
			const ask = askModel({ engine, purse: allotment }, { modelId, ownerId, adapter }, signal);
			const film = { brief: project, markup: markupOf(project.format), rules: rulesOf(project) };
			const result = (await translateBatch({ ask, prompts: this.#tools.prompts, film }, [cue], matter)).get(cueId);
			if (result?.kind !== 'translated') throw failure('TRANSLATION_INVALID', { reason: 'malformed' });
			const { target, tagFaults, isTooLong, confidence } = result;
			immediate(db, (tx) => {
				const now = readCueRow(tx, ownerId, projectId, cueId);
				const after = { ...stateOf(now), target, tagFaults, isTooLong, origin: 'model' as const, isApproved: false, confidence };
				this.#tools.acts.write(tx, project, [{ row: now, after }]);
			});
			return 'written';
		} catch (error) {
			if (signal.aborted) return null;
			throw error instanceof JobPaused ? error.reason : error;
		} finally {
			immediate(db, (tx) => ledger.settle(hold.id, allotment.used, tx));
		}
	}

	#matterOf(project: ProjectRow, row: CueRow, hint: string): { cue: ReturnType<typeof batchCueOf>; matter: BatchMatter } {
		const { db, glossaries, memory } = this.#tools;
		const rows = readCueRows(db, project.ownerId, project.id);
		const at = rows.findIndex(({ id }) => id === row.id);
		const near = (from: number, to: number) => nearCues(project, rows.slice(Math.max(0, from), to));
		const cue = batchCueOf(project, row, at + 1);
		const terms = termsIn(glossaries.confirmed(db, project.ownerId, project.glossaryId), cue.text);
		const like = memory.open(db, project).like(cue.text, mostLike);
		return { cue, matter: { before: near(at - windowCues, at), after: near(at + 1, at + 1 + windowCues), terms, memory: like, hint } };
	}
}
