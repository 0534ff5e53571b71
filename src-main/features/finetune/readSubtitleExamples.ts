import { failure } from '#contract/errors.ts';
import { decodeText } from '../../platform/text/decodeText.ts';
import { foreignKind } from '../../platform/text/foreignKind.ts';
import { refusal } from './checkTurns.ts';
import { createBreaks } from './createBreaks.ts';
import type { ExampleCollector } from './ExampleCollector.ts';
import { pairCues } from './pairCues.ts';
import { pairFiles } from './pairFiles.ts';
import { type ReadCue, readCues } from './readCues.ts';
import { type LanguagePair, translationTurns } from './translationTurns.ts';

/** A file as its bytes. */
export interface NamedBytes {
	fileName: string;
	bytes: Uint8Array;
}

interface Track {
	fileName: string;
	cues: ReadCue[];
}

/**
 * Gathers translations from subtitles of the same films in two languages: an example for each cue that has its fellow, by time.
 *
 * A file without its fellow, and one without any cue, whatever it is, is left out by its name.
 *
 * @throws DATASET_INVALID where no two files belong together: `noPairs`, or `noSubtitles` with the name of one that has no cue.
 */
export async function readSubtitleExamples(files: readonly NamedBytes[], languages: LanguagePair, into: ExampleCollector): Promise<void> {
	const tracks: Track[] = [];
	for (const file of files) {
		const cues = foreignKind(file.bytes) === null ? await read(file) : [];
		if (cues.length > 0) tracks.push({ fileName: file.fileName, cues });
		else into.refuseFile(file.fileName, 'noSubtitles');
	}
	const { pairs, alone } = pairFiles(tracks, languages);
	const [unread] = into.problems;
	if (pairs.length === 0 && unread) throw failure('DATASET_INVALID', { row: null, field: unread.field, reason: 'noSubtitles' });
	if (pairs.length === 0) throw failure('DATASET_INVALID', { row: null, field: null, reason: 'noPairs' });
	for (const { fileName } of alone) into.refuseFile(fileName, 'unpairedFile');
	const rest = createBreaks();
	for (const { source, target } of pairs) {
		const cues = pairCues(source.cues, target.cues);
		for (const pair of cues.pairs) {
			await rest();
			const broken = [pair.source, pair.target].find(({ text }) => text.includes('\uFFFD'));
			if (broken) into.refuse(pair.source.number, refusal('undecodable', source.fileName, broken.text));
			else into.take(pair.source.number, translationTurns(languages, pair.source.text, pair.target.text), () => source.fileName);
		}
		for (const { side, cue } of cues.alone) into.refuse(cue.number, refusal('unpaired', (side === 'source' ? source : target).fileName, cue.text));
	}
}

async function read({ bytes }: NamedBytes): Promise<ReadCue[]> {
	return readCues((await decodeText(bytes)).text.replace(/^\uFEFF/, ''));
}
