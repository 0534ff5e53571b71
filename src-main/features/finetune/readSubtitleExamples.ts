import { failure } from '#contract/errors.ts';
import { decodeText } from '../../platform/text/decodeText.ts';
import { refusal } from './checkTurns.ts';
import { createBreaks } from './createBreaks.ts';
import type { ExampleCollector } from './ExampleCollector.ts';
import { pairCues } from './pairCues.ts';
import { pairFiles } from './pairFiles.ts';
import { type Cue, readCues } from './readCues.ts';
import { type LanguagePair, translationTurns } from './translationTurns.ts';

/** A file as its bytes. */
export interface NamedBytes {
	fileName: string;
	bytes: Uint8Array;
}

/**
 * Gathers translations from subtitles of the same films in two languages: an example for each cue that has its fellow, by time.
 *
 * @throws DATASET_INVALID (`noPairs`) where no two files belong together.
 */
export async function readSubtitleExamples(files: readonly NamedBytes[], languages: LanguagePair, into: ExampleCollector): Promise<void> {
	const { pairs, alone } = pairFiles(files, languages);
	if (pairs.length === 0) throw failure('DATASET_INVALID', { row: null, field: null, reason: 'noPairs' });
	for (const { fileName } of alone) into.refuse(1, refusal('unpaired', fileName));
	const rest = createBreaks();
	for (const { source, target } of pairs) {
		const cues = pairCues(await read(source), await read(target));
		for (const pair of cues.pairs) {
			await rest();
			const broken = [pair.source, pair.target].find(({ text }) => text.includes('\uFFFD'));
			if (broken) into.refuse(pair.source.number, refusal('undecodable', source.fileName, broken.text));
			else into.take(pair.source.number, translationTurns(languages, pair.source.text, pair.target.text), () => source.fileName);
		}
		for (const { side, cue } of cues.alone) into.refuse(cue.number, refusal('unpaired', (side === 'source' ? source : target).fileName, cue.text));
	}
}

async function read({ bytes }: NamedBytes): Promise<Cue[]> {
	return readCues((await decodeText(bytes)).text.replace(/^\uFEFF/, ''));
}
