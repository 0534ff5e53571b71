import { exactFrameRate, usualFps } from '#contract/breachesOf.ts';
import { countCharacters } from '#contract/measureCue.ts';
import { presetOf } from '#contract/readingRules.ts';
import type { SpokenWord } from '../../platform/speech/speechContract.ts';
import { type SpokenCue, wordsToCues } from '../../platform/speech/wordsToCues.ts';
import { breakLines } from './rules/breakLines.ts';

/** A silence of this length parts two cues, whatever is said. */
const pauseMs = 1000;

/** The cues of what was said, by the reading rules of its language; where that is not known, by those of the script that it is written in. */
export function spokenCues(words: readonly SpokenWord[], { language, fps }: { language: string | null; fps: number | null }): SpokenCue[] {
	const spoken = language ?? languageOfScript(words);
	const rules = presetOf(spoken, 'netflix')?.rules;
	if (!rules) throw new Error('there are no reading rules for every other language');
	const cues = wordsToCues(words, {
		...{ charactersPerLine: rules.maxCharsPerLine, linesPerCue: rules.maxLines, charactersPerSecond: rules.maxCps },
		...{ shortestMs: rules.minDurationMs, longestMs: rules.maxDurationMs, pauseMs },
		gapMs: Math.ceil((rules.minGapFrames * 1000) / exactFrameRate(fps ?? usualFps)),
		widthOf: (text) => countCharacters(text, rules.counting),
	});
	return cues.map((cue) => ({ ...cue, text: breakLines(cue.text, { ...rules, language: spoken }).text }));
}

const scripts: [language: string, script: RegExp][] = [
	['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
	['ko', /\p{Script=Hangul}/gu],
	['zh', /\p{Script=Han}/gu],
];

function languageOfScript(words: readonly SpokenWord[]): string {
	const text = words.map((word) => word.text).join('');
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	// Japanese is half of it Chinese characters.
	return scripts.find(([, script]) => (text.match(script)?.length ?? 0) > letters / 5)?.[0] ?? 'und';
}
