import { failure } from '#contract/errors.ts';
import type { SaveLayout } from '#contract/subtitles.ts';
import type { Cue } from '../../platform/subtitles/Cue.ts';
import type { TaggedFormat } from '../../platform/subtitles/liftTags.ts';
import type { CueChange } from '../../platform/subtitles/rewriteCues.ts';
import { saveSubtitleFile } from '../../platform/subtitles/saveSubtitleFile.ts';
import { type NewCue, writeCues } from '../../platform/subtitles/writeCues.ts';
import { type EncodedText, encodeText } from '../../platform/text/encodeText.ts';
import { convertMarkup } from './convertMarkup.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';
import { readSubtitleFile } from './readSubtitleFile.ts';

/** How a project is to be written. */
export interface SaveOrder {
	format: TaggedFormat;
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
 * one it is a new file of what is shown, in the order of time: comments and drawings are the old format's.
 *
 * A cue without a target has its source. Throws ENCODING_UNFIT for the first character that the encoding does not hold.
 */
export async function saveProject(saved: SavedProject, order: SaveOrder): Promise<Uint8Array> {
	const { project, cues } = saved;
	const encoding = order.encoding === 'asRead' ? project.encoding : 'utf-8';
	const written = order.format === project.format ? await rewrite(saved, order, encoding) : await encodeText(writeAnew(project, cues, order), encoding);
	const [character] = written.unwritable;
	if (character === undefined) return written.bytes;
	throw failure('ENCODING_UNFIT', { encoding, character, number: 1 + cues.findIndex(({ target }) => target?.includes(character)) });
}

type NewText = NonNullable<CueChange['followedBy']>[number];

async function rewrite({ project, cues, file: { bytes, fps } }: SavedProject, { format, layout }: SaveOrder, encoding: string): Promise<EncodedText> {
	const { file, cues: there } = await readSubtitleFile({ bytes, encoding: project.encoding, fps: fps ?? undefined });
	const changes = new Map<Cue, CueChange & { followedBy: NewText[] }>();
	let last: { followedBy: NewText[] } | undefined;
	// The numbers of an SRT are left as they came, odd ones too, until the list itself is another one.
	const isSameList = cues.length === there.length && cues.every(({ fileAt }) => fileAt !== null);
	const first = Number(there[0]?.id ?? 1);
	for (const [at, row] of cues.entries()) {
		const own = row.fileAt === null ? undefined : there[row.fileAt];
		const number = isSameList ? undefined : first + at;
		const said = { text: textOf(row, layout, format), startMs: row.startMs, endMs: row.endMs, number };
		if (own) changes.set(own, { cue: own, ...said, followedBy: [] });
		// What was split off stands behind what it was split from.
		else last?.followedBy.push(said);
		last = own ? changes.get(own) : last;
	}
	// What became a part of another cue.
	const removed = there.filter((own) => !changes.has(own)).map((own) => ({ cue: own, isRemoved: true }));
	const written = await saveSubtitleFile(file, format, [...changes.values(), ...removed], { encoding });
	return written.kind === 'saved' ? { bytes: written.bytes, unwritable: [] } : { bytes, unwritable: written.characters.map(({ character }) => character) };
}

function writeAnew({ format: from }: ProjectRow, cues: readonly CueRow[], { format, layout }: SaveOrder): string {
	const shown = cues.filter(({ skip }) => skip !== 'comment' && skip !== 'drawing');
	// In the order of time, as players read it; in that of ASS lines lie one above another.
	const written = shown
		.toSorted((one, other) => one.startMs - other.startMs)
		.map((row): NewCue => {
			const said = {
				...row,
				source: convertMarkup(markupOf(from), format, row.source),
				target: row.target && convertMarkup(markupOf(from), format, row.target),
			};
			return { startMs: row.startMs, endMs: row.endMs, text: textOf(said, layout, format) };
		});
	return writeCues(format, written);
}

/** What a cue says in this layout; a text that stands for both is written once. */
function textOf({ source, target, skip }: Pick<CueRow, 'source' | 'target' | 'skip'>, layout: SaveLayout, format: TaggedFormat): string {
	if (skip !== null || target === null || layout === 'source') return source;
	if (layout === 'target' || target === source) return target;
	const lineEnd = format === 'ass' ? '\\N' : '\n';
	return (layout === 'targetFirst' ? [target, source] : [source, target]).join(lineEnd);
}
