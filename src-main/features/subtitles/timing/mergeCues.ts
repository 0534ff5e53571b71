import { visibleText } from '#contract/visibleText.ts';
import { joinedLines } from '../rules/breakLines.ts';
import type { TimedCue, TimingResult } from './TimingEdit.ts';

/**
 * Makes one cue of several that follow one another: from the first start to the last end, with all their texts, under the id of the first.
 * Turns of a dialogue keep their lines; otherwise texts are joined as one, to be broken into lines again (breakLines).
 *
 * `cues`: the whole list, in which the chosen ones are to be neighbours.
 */
export function mergeCues(cues: readonly TimedCue[], chosen: ReadonlySet<string>): TimingResult {
	const from = cues.findIndex(({ id }) => chosen.has(id));
	const merged = cues.slice(from, from + chosen.size);
	const [first] = merged;
	if (first === undefined || merged.length < 2 || !merged.every(({ id }) => chosen.has(id))) return { kind: 'refused', why: 'notNeighbours' };
	const whole: TimedCue = {
		...first,
		startMs: Math.min(...merged.map(({ startMs }) => startMs)),
		endMs: Math.max(...merged.map(({ endMs }) => endMs)),
		source: joinTexts(merged.map(({ source }) => source)),
		target: joinTexts(merged.map(({ target }) => target)),
	};
	return { kind: 'edit', edit: { before: merged, after: [whole] } };
}

function joinTexts(texts: readonly string[]): string {
	const present = texts.filter((text) => text !== '');
	const hasTurns = present.some((text) => /^[-‐–—]\s?\S/mu.test(visibleText(text)));
	return hasTurns ? present.join('\n') : joinedLines(present.flatMap((text) => text.split('\n'))).text;
}
