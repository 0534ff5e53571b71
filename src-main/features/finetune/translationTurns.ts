import type { ExampleTurn } from '#contract/finetune.ts';

/** The languages of a translation by their names in English, such as `Simplified Chinese`. */
export interface LanguagePair {
	source: string;
	target: string;
}

/** What a model that translates subtitles is asked for one cue, the same words each time, and what it should answer. */
export function translationTurns({ source, target }: LanguagePair, line: string, translation: string): ExampleTurn[] {
	return [
		{ role: 'user', content: `Translate this subtitle line from ${source} into ${target}.\n\n${line}` },
		{ role: 'assistant', content: translation },
	];
}
