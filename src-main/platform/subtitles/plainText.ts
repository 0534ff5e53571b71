import type { SubtitleFormat } from './detectFormat.ts';
import { textParts, visible } from './liftTags.ts';

/** The text of a cue as it is read on the screen: without tags and shapes, its lines ended by `\n`. */
export function plainText(format: SubtitleFormat, raw: string): string {
	// TTML, SAMI and MicroDVD are read with the tags of SRT.
	const tagged = format === 'ass' || format === 'vtt' || format === 'lrc' ? format : 'srt';
	// Most texts have none, which is seen much sooner than that there is nothing to take out.
	if (!/[<{}⟦]/.test(raw)) return visible(tagged, raw);
	return textParts(tagged, raw)
		.map(({ kind, text }) => (kind === 'tag' ? '' : visible(tagged, text)))
		.join('');
}
