import { type FailureRecord, failure, isFailure, toFailureRecord } from '#contract/errors.ts';
import { measureCue } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import type { SubtitleCue } from '#contract/subtitleCue.ts';
import type { TaggedFormat } from '../../platform/subtitles/liftTags.ts';
import { putBack } from '../../platform/subtitles/putBack.ts';
import type { ChatTurn, JsonSchema } from '../engine/engine.ts';
import type { BatchCue } from './BatchCue.ts';
import { batchSchema, readBatch, type Said } from './batchForm.ts';
import { isTooLong } from './isTooLong.ts';
import { markFaults } from './markFaults.ts';
import { breakLines } from './rules/breakLines.ts';
import type { ModelAnswer } from './textConfidences.ts';
import { type BatchMatter, batchTurns, condenseTurns, type FilmBrief, type SubtitlePrompts } from './translatePrompt.ts';

/** One request to a model: what it wrote, or null where it did not come to an end. `attempt`: how often it was asked the same before. */
export type Ask = (request: { turns: ChatTurn[]; schema: JsonSchema; maxTokens: number; attempt: number }) => Promise<ModelAnswer | null>;

/** By what a film is translated. */
export interface Film {
	brief: FilmBrief;
	markup: TaggedFormat;
	rules: ReadingRules;
}

/** What came of one cue. */
export type CueResult =
	| { kind: 'translated'; target: string; tagFaults: SubtitleCue['tagFaults']; isTooLong: boolean; confidence: number | null }
	| { kind: 'failed'; failure: FailureRecord };

/**
 * Translates a batch of cues: tells of every one of them what came of it, and of no other.
 *
 * An answer that cannot be read is asked for once more, then the batch is halved, down to one cue, which goes without those around it: models
 * that were made to translate take these for their task. Tags that are lost are asked for once more; what is too long to be read is condensed
 * by a second request. What is still so then is put right by rule and flagged (platform/subtitles/liftTags.ts). Throws what `ask` throws, but
 * for PROMPT_TOO_LONG, which is a failure of its cue; before that it tells `stopped` of what was translated by then and needs no second request.
 */
export async function translateBatch(
	{ ask, prompts, film }: { ask: Ask; prompts: SubtitlePrompts; film: Film },
	cues: readonly BatchCue[],
	matter: BatchMatter,
	stopped: (done: Map<string, CueResult>) => void = () => {},
): Promise<Map<string, CueResult>> {
	const asking = new BatchAsking(ask, prompts, film.brief, matter);
	const results = () => cues.map((cue): [string, CueResult] => [cue.row.id, resultOf(film, cue, asking)]);
	try {
		await asking.translate(cues, 0);
		await asking.mendMarks(cues);
		await asking.condense(cues, film.rules);
	} catch (error) {
		stopped(new Map(results().filter(([, result]) => result.kind === 'translated' && result.tagFaults.length === 0 && !result.isTooLong)));
		throw error;
	}
	return new Map(results());
}

class BatchAsking {
	readonly said = new Map<string, Said>();
	readonly failed = new Map<string, FailureRecord>();
	readonly #ask: Ask;
	readonly #prompts: SubtitlePrompts;
	readonly #brief: FilmBrief;
	readonly #matter: BatchMatter;

	constructor(ask: Ask, prompts: SubtitlePrompts, brief: FilmBrief, matter: BatchMatter) {
		this.#ask = ask;
		this.#prompts = prompts;
		this.#brief = brief;
		this.#matter = matter;
	}

	async translate(cues: readonly BatchCue[], attempt: number, matter = this.#matter): Promise<void> {
		if (cues.length === 0) return;
		const asked = await this.#tryFor(cues, batchTurns(this.#prompts, this.#brief, cues, matter), attempt);
		if (asked instanceof Map) for (const [key, said] of asked) this.said.set(key, said);
		const left = cues.filter(({ key }) => !this.said.has(key));
		if (left.length === 0) return;
		const isLong = isFailure(asked, 'PROMPT_TOO_LONG');
		if (attempt === 0 && !isLong) return this.translate(left, 1);
		const [only] = left;
		if (left.length > 1 || !only) {
			const half = Math.ceil(left.length / 2);
			await this.translate(left.slice(0, half), 1);
			return this.translate(left.slice(half), 1);
		}
		const isBare = matter.before.length === 0 && matter.after.length === 0 && matter.memory.length === 0;
		if (!isBare) return this.translate(left, 1, { ...matter, before: [], after: [], memory: [] });
		this.failed.set(only.key, failureOf(asked));
	}

	/** Asks once more for what has lost or doubled its marks, and takes what has fewer such faults. */
	async mendMarks(cues: readonly BatchCue[]): Promise<void> {
		const wrong = cues.flatMap((cue) => {
			const faults = markFaults(cue, this.said.get(cue.key)?.text ?? cue.text);
			return faults > 0 ? [{ ...cue, faults }] : [];
		});
		if (wrong.length === 0) return;
		const asked = await this.#tryFor(wrong, batchTurns(this.#prompts, this.#brief, wrong, this.#matter, true), 1);
		if (!(asked instanceof Map)) return;
		for (const cue of wrong) {
			const again = asked.get(cue.key);
			if (again && markFaults(cue, again.text) < cue.faults) this.said.set(cue.key, again);
		}
	}

	/** Has what is too long said anew, and takes what is shorter and has no more faults of marks. */
	async condense(cues: readonly BatchCue[], rules: ReadingRules): Promise<void> {
		const long = cues.flatMap((cue) => {
			const said = this.said.get(cue.key)?.text;
			return said !== undefined && isTooLong(said, cue.row, rules) ? [{ ...cue, said }] : [];
		});
		if (long.length === 0) return;
		const asked = await this.#tryFor(long, condenseTurns(this.#prompts, this.#brief, long), 0);
		if (!(asked instanceof Map)) return;
		const lengthOf = (text: string) => measureCue(text, 0, 1000, rules).characters;
		for (const { said, ...cue } of long) {
			const shorter = asked.get(cue.key);
			if (shorter && lengthOf(shorter.text) < lengthOf(said) && markFaults(cue, shorter.text) <= markFaults(cue, said)) this.said.set(cue.key, shorter);
		}
	}

	/** What a model says of each cue; null where it cannot be read, and the failure where it cannot be asked for so much. */
	async #tryFor(cues: readonly BatchCue[], turns: ChatTurn[], attempt: number): Promise<Map<string, Said> | 'cutOff' | 'malformed' | unknown> {
		try {
			const answer = await this.#ask({ turns, schema: batchSchema(cues), maxTokens: mostTokens(cues), attempt });
			return answer === null ? 'cutOff' : (readBatch(cues, answer) ?? 'malformed');
		} catch (error) {
			if (isFailure(error, 'PROMPT_TOO_LONG')) return error;
			throw error;
		}
	}
}

/** As Subtitle Edit caps its replies: enough for any translation, and an end to one that never comes to it. */
function mostTokens(cues: readonly BatchCue[]): number {
	return 200 + cues.reduce((sum, { text }) => sum + 32 + 2 * text.length, 0);
}

function resultOf({ markup, rules, brief }: Film, cue: BatchCue, { said, failed }: BatchAsking): CueResult {
	const own = said.get(cue.key);
	if (!own) return { kind: 'failed', failure: failed.get(cue.key) ?? failureOf('malformed') };
	const broken = breakLines(own.text, { ...rules, language: brief.targetLanguage }).text;
	const { raw: target, faults } = putBack(markup, cue.lifted, broken);
	return { kind: 'translated', target, tagFaults: faults, isTooLong: isTooLong(broken, cue.row, rules), confidence: own.confidence };
}

function failureOf(asked: unknown): FailureRecord {
	if (!isFailure(asked, 'PROMPT_TOO_LONG')) return toFailureRecord(failure('TRANSLATION_INVALID', { reason: asked === 'cutOff' ? 'cutOff' : 'malformed' }), '');
	const { promptTokens, contextTokens } = asked.data;
	return toFailureRecord(failure('CUE_TOO_LONG', { promptTokens, contextTokens }), '');
}
