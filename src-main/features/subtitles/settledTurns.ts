import type { ExampleTurn } from '#contract/finetune.ts';
import type { Term } from '#contract/glossary.ts';
import { measureCue } from '#contract/measureCue.ts';
import { rulesOf } from '#contract/readingRules.ts';
import { liftTags } from '../../platform/subtitles/liftTags.ts';
import { type BatchCue, batchCueOf, inOneLine } from './BatchCue.ts';
import { writeBatch } from './batchForm.ts';
import { markFaults } from './markFaults.ts';
import { markupOf } from './markupOf.ts';
import { nearCues } from './nearCues.ts';
import { planBatches } from './planBatches.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { findingsIn } from './showCues.ts';
import { termsIn } from './termsIn.ts';
import { batchTurns, type SubtitlePrompts } from './translatePrompt.ts';
import { withPlaceholdersOf } from './withPlaceholdersOf.ts';

/** What a person settled in one project: for each batch of cues the number of its first one, and the turns that teach it. */
export interface SettledFilm {
	title: string;
	/** `turns` is null for a cue that is not learnt from, and `why` says why: its tags are lost or doubled, or it is doubtful and nobody approved it. */
	examples: { row: number; turns: ExampleTurn[] | null; why?: 'brokenTags' | 'doubtful' }[];
}

/** Smaller than a request mostly is, so that an example has room in a row of training as that is set at first. */
const shape = { batchCues: 5, windowCues: 3, sceneGapMs: 20_000 };

/**
 * The translations of a project that a person approved or wrote as chats: the very request by which a model is asked to translate them, and
 * the translations in the very form that it has to answer in. Where one is longer than its limit the request gives it as much room as it took.
 *
 * What a person approved is their word, also where it departs from the glossary or looks odd otherwise: they saw the doubt. What they wrote and
 * did not approve is learnt where nothing is doubtful about it. Cues that nobody settled are shown beside the others as they are in a request,
 * and never learnt.
 */
export function settledTurns(prompts: SubtitlePrompts, project: ProjectRow, rows: readonly CueRow[], terms: readonly Term[]): SettledFilm['examples'] {
	const places = new Map(rows.map(({ id }, at) => [id, at]));
	const placeOf = (id: string | undefined) => places.get(id ?? '') ?? 0;
	const findingsOf = findingsIn(project, terms);
	const settled = rows.filter(isSettled);
	const doubtful = new Set(settled.filter((row) => findingsOf(row).length > 0));
	const sound = settled.filter((row) => !doubtful.has(row));
	const cues = sound.map((row) => taughtCueOf(project, row, placeOf(row.id) + 1));
	const isWhole = (cue: (typeof cues)[number]) => markFaults(cue, cue.said) === 0;
	const timed = cues.filter(isWhole).map((cue) => ({ cue, startMs: cue.row.startMs, endMs: cue.row.endMs }));
	const taught = planBatches(timed, shape).map((planned) => {
		const batch = planned.map(({ cue }) => cue);
		const [first, last] = [placeOf(batch[0]?.row.id), placeOf(batch.at(-1)?.row.id)];
		const before = nearCues(project, rows.slice(Math.max(0, first - shape.windowCues), first));
		// As a film is mostly translated: from its beginning to its end.
		const after = nearCues(project, rows.slice(last + 1, last + 1 + shape.windowCues)).map(({ text }) => ({ text, target: null }));
		const matter = { before, after, terms: termsIn(terms, batch.map(({ text }) => text).join('\n')), memory: [], hint: '' };
		const answer = { role: 'assistant' as const, content: writeBatch(new Map(batch.map(({ key, said }) => [key, said]))) };
		return { row: first + 1, turns: [...batchTurns(prompts, project, batch, matter), answer] };
	});
	const broken = cues.filter((cue) => !isWhole(cue)).map(({ key }) => ({ row: Number(key), turns: null, why: 'brokenTags' as const }));
	const leftOut = [...doubtful].map(({ id }) => ({ row: placeOf(id) + 1, turns: null, why: 'doubtful' as const }));
	return [...taught, ...broken, ...leftOut].sort((a, b) => a.row - b.row);
}

function isSettled({ skip, target, isApproved, origin }: CueRow): boolean {
	return skip === null && target !== null && (isApproved || origin === 'person');
}

function taughtCueOf(project: ProjectRow, row: CueRow, number: number): BatchCue & { said: string } {
	const cue = batchCueOf(project, row, number);
	const said = inOneLine(withPlaceholdersOf(cue.lifted, liftTags(markupOf(project.format), row.target ?? '')));
	const { characters } = measureCue(said.replace(/⟦\d{1,3}⟧/g, ''), row.startMs, row.endMs, rulesOf(project));
	return { ...cue, said, limit: Math.max(cue.limit, characters) };
}
