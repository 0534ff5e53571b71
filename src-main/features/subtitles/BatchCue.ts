import { roomOf } from '#contract/measureCue.ts';
import { rulesOf } from '#contract/readingRules.ts';
import { type LiftedText, liftTags } from '../../platform/subtitles/liftTags.ts';
import { markupOf } from './markupOf.ts';
import type { CueRow, ProjectRow } from './projectRows.ts';

/** A cue as a model is asked for it. */
export interface BatchCue {
	/** Its number in the list, from 1: the key of its translation. */
	key: string;
	row: CueRow;
	lifted: LiftedText;
	/** What is said, with placeholders for tags. */
	text: string;
	/** The most characters that its translation may have. */
	limit: number;
}

/** Makes a cue ready to be asked for. */
export function batchCueOf(project: ProjectRow, row: CueRow, number: number): BatchCue {
	const lifted = liftTags(markupOf(project.format), row.source);
	return { key: String(number), row, lifted, text: inOneLine(lifted.text), limit: roomOf(row.endMs - row.startMs, rulesOf(project)) };
}

/** A text without line breaks, which are made anew for its translation; where several people speak each keeps a line. */
export function inOneLine(text: string): string {
	const lines = text.split('\n').map((line) => line.trim());
	const isDialogue = lines.filter((line) => /^(?:⟦\d{1,3}⟧)*[-–—‐]/.test(line)).length > 1;
	if (isDialogue) return lines.join('\n');
	return lines
		.join(' ')
		.replace(/(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、])\s+(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu, '')
		.trim();
}
