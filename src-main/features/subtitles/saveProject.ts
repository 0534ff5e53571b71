import { failure } from '#contract/errors.ts';
import type { SaveLayout, UncarriedCues } from '#contract/subtitles.ts';
import type { Cue } from '../../platform/subtitles/Cue.ts';
import type { CueChange } from '../../platform/subtitles/rewriteCues.ts';
import { saveSubtitleFile } from '../../platform/subtitles/saveSubtitleFile.ts';
import { type NewCue, writeCues } from '../../platform/subtitles/writeCues.ts';
import type { WrittenFormat } from '../../platform/subtitles/writeTime.ts';
import { type EncodedText, encodeText } from '../../platform/text/encodeText.ts';
import { convertMarkup, type Uncarried } from './convertMarkup.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { readSubtitleFile } from './readSubtitleFile.ts';
import { type CueTiming, moveWordTimes } from './wordTimes.ts';

/** How a project is to be written. */
export interface SaveOrder {
	format: WrittenFormat;
	layout: SaveLayout;
	encoding: 'asRead' | 'utf-8';
}

/** A project with all that is needed to write it. */
export interface SavedProject {
	project: ProjectRow;
	cues: readonly CueRow[];
	file: { bytes: Uint8Array; fps: number | null };
}

/**
 * Writes a project as a file. In the format of its own file that is written again, with the cues that have changed and nothing else; in another
 * one it is a new file of what is shown, in the order of time, and what that cannot hold is told with how many cues had it.
 *
 * A cue without a target has its source. Throws ENCODING_UNFIT for the first character that the encoding does not hold.
 */
export async function saveProject(saved: SavedProject, order: SaveOrder): Promise<{ bytes: Uint8Array; uncarried: UncarriedCues[] }> {
	const { project, cues } = saved;
	const encoding = order.encoding === 'asRead' ? project.encoding : 'utf-8';
	const anew = order.format === project.format ? null : await writeAnew(saved, order);
	const written = anew ? await encodeText(anew.text, encoding) : await rewrite(saved, order, encoding);
	const [character] = written.unwritable;
	if (character === undefined) return { bytes: written.bytes, uncarried: anew?.uncarried ?? [] };
	throw failure('ENCODING_UNFIT', { encoding, character, number: 1 + cues.findIndex(({ target }) => target?.includes(character)) });
}

/** The file of a project as it was read when it came in. */
function readAgain({ encoding }: ProjectRow, { bytes, fps }: SavedProject['file']) {
	return readSubtitleFile({ bytes, encoding, fps: fps ?? undefined });
}

/** The numbers of so many cues are told of each kind. */
const mostNamed = 20;
/** How long a cue is shown in WebVTT that ends when or before it begins. */
const backwardMs = 1000;

type NewText = NonNullable<CueChange['followedBy']>[number];

async function rewrite({ project, cues, file: kept }: SavedProject, { format, layout }: SaveOrder, encoding: string): Promise<EncodedText> {
	const { file, cues: there } = await readAgain(project, kept);
	const timingOf = timings(cues, there);
	const changes = new Map<Cue, CueChange & { followedBy: NewText[] }>();
	let last: { followedBy: NewText[] } | undefined;
	// The numbers of an SRT are left as they came, odd ones too, until the list itself is another one.
	const isSameList = cues.length === there.length && cues.every(({ fileAt }) => fileAt !== null);
	const first = Number(there[0]?.id ?? 1);
	for (const [at, row] of cues.entries()) {
		const own = row.fileAt === null ? undefined : there[row.fileAt];
		const number = isSameList ? undefined : first + at;
		const texts = textsOf(row, layout).map((raw) => (format === 'vtt' ? moveWordTimes(raw, timingOf(row).movedByMs) : raw));
		const said = { text: joinTexts(texts, format), startMs: row.startMs, endMs: row.endMs, number };
		if (own) changes.set(own, { cue: own, ...said, followedBy: [] });
		// What was split off stands behind what it was split from.
		else last?.followedBy.push(said);
		last = own ? changes.get(own) : last;
	}
	// What became a part of another cue.
	const removed = there.filter((own) => !changes.has(own)).map((own) => ({ cue: own, isRemoved: true }));
	const written = await saveSubtitleFile(file, format, [...changes.values(), ...removed], { encoding });
	return written.kind === 'saved'
		? { bytes: written.bytes, unwritable: [] }
		: { bytes: kept.bytes, unwritable: written.characters.map(({ character }) => character) };
}

async function writeAnew({ project, cues, file }: SavedProject, { format, layout }: SaveOrder): Promise<{ text: string; uncarried: UncarriedCues[] }> {
	const from = markupOf(project.format);
	const found = new Map<UncarriedCues['what'], number[]>();
	const hasTimes = project.format === 'lrc' || project.format === 'vtt';
	const timingOf = timings(cues, hasTimes ? (await readAgain(project, file)).cues : []);
	const written = cues.flatMap((row, place): NewCue[] => {
		const count = (what: UncarriedCues['what']) => {
			const numbers = found.get(what) ?? [];
			numbers.push(place + 1);
			found.set(what, numbers);
		};
		if (row.skip === 'comment' || row.skip === 'drawing') {
			count(row.skip === 'comment' ? 'comments' : 'drawings');
			return [];
		}
		const lost = new Set<Uncarried>();
		const said = textsOf(row, layout).map((raw, at) => {
			// Words are sung once: of two texts the upper one has their times.
			const converted = convertMarkup(from, format, raw, at === 0 ? timingOf(row) : null);
			for (const what of converted.lost) lost.add(what);
			return converted.text;
		});
		for (const what of lost) count(what);
		const isBackward = format === 'vtt' && row.endMs <= row.startMs;
		if (isBackward) count('backwardTimes');
		return [{ startMs: row.startMs, endMs: isBackward ? row.startMs + backwardMs : row.endMs, text: joinTexts(said, format) }];
	});
	// In the order of time, as players read it; in that of ASS lines lie one above another.
	const inTime = written.toSorted((one, other) => one.startMs - other.startMs);
	return {
		text: writeCues(format, inTime),
		uncarried: Array.from(found, ([what, numbers]) => ({ what, cues: numbers.length, numbers: numbers.slice(0, mostNamed) })),
	};
}

/** How far each cue was moved from where its file has it: the times of words within it are that file's. What was split off goes with its beginning. */
function timings(cues: readonly CueRow[], there: readonly Cue[]): (row: CueRow) => CueTiming {
	const moved = new Map<string, number>();
	let last = 0;
	for (const { id, fileAt, startMs, endMs } of cues) {
		const own = fileAt === null ? undefined : there[fileAt];
		// Where its end stays, it is only shown sooner or later.
		if (fileAt !== null) last = own && own.endMs !== endMs ? startMs - own.startMs : 0;
		moved.set(id, last);
	}
	return ({ id, startMs, endMs }) => ({ startMs, endMs, movedByMs: moved.get(id) ?? 0 });
}

/** What a cue says in this layout, from top to bottom; a text that stands for both is written once. */
function textsOf({ source, target, skip }: Pick<CueRow, 'source' | 'target' | 'skip'>, layout: SaveLayout): string[] {
	if (skip !== null || target === null || layout === 'source') return [source];
	if (layout === 'target' || target === source) return [target];
	return layout === 'targetFirst' ? [target, source] : [source, target];
}

function joinTexts(texts: readonly string[], format: WrittenFormat): string {
	return texts.join(format === 'ass' ? '\\N' : '\n');
}
