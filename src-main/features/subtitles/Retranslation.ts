import type { AttachedAdapter } from '#contract/attachedAdapter.ts';
import { failure } from '#contract/errors.ts';
import { likelyTokensOf } from '#contract/priceOf.ts';
import { rulesOf } from '#contract/readingRules.ts';
import { immediate } from '../../platform/database/openDatabase.ts';
import { tellSteps } from '../../platform/rpc/tellSteps.ts';
import { type Writer, Writing, type WritingTools } from '../writing/writing.ts';
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

interface Tools extends WritingTools {
	prompts: SubtitlePrompts;
	acts: CueActs;
	memory: TranslationMemory;
	glossaries: Glossaries;
}

/** One cue that a person has translated anew: an act of theirs, which is undone like the others. */
export class Retranslation {
	readonly #tools: Tools;
	readonly #writing: Writing;

	constructor(tools: Tools) {
		this.#tools = tools;
		this.#writing = new Writing(tools);
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
		const { db, engine, prompts } = this.#tools;
		const { modelId, adapter, cueId, hint } = order;
		const project = readProject(db, ownerId, projectId);
		const { cue, matter } = this.#matterOf(project, readCueRow(db, ownerId, projectId, cueId), hint);
		const likely = 100 + likelyTokensOf(batchTurns(prompts, project, [cue], matter));
		const write = async ({ who, purse }: Writer) => {
			begin();
			const film = { brief: project, markup: markupOf(project.format), rules: rulesOf(project) };
			const result = (await translateBatch({ ask: askModel({ engine, purse }, { ...who, reuse: 'never' }, signal), prompts, film }, [cue], matter)).get(cueId);
			if (result?.kind !== 'translated') throw failure('TRANSLATION_INVALID', { reason: 'malformed' });
			const { target, tagFaults, isTooLong, confidence } = result;
			immediate(db, (tx) => {
				const now = readCueRow(tx, ownerId, projectId, cueId);
				const after = { ...stateOf(now), target, tagFaults, isTooLong, origin: 'model' as const, isApproved: false, confidence };
				this.#tools.acts.write(tx, project, [{ row: now, after }]);
			});
			return 'written' as const;
		};
		return this.#writing.pay(ownerId, { task: 'subtitles', modelId, adapter, subjectId: projectId, likely }, write, signal);
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
