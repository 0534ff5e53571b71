import { exactFrameRate } from '#contract/breachesOf.ts';
import { measureCue } from '#contract/measureCue.ts';
import type { ReadingRules } from '#contract/readingRules.ts';
import { retimed, type TimedCue, type TimingEdit } from './TimingEdit.ts';

/**
 * Lets cues stand for as long as their rules ask, as far as there is room before the next one, the smallest gap kept: never shorter than they
 * were, nor longer than the longest duration. Read is the translation, or the source where there is none.
 *
 * `cues`: in the order of their starts. `chosen`: the ids of those that may change; all of them where it is left out.
 */
export function extendCues(cues: readonly TimedCue[], rules: ReadingRules, fps: number, chosen?: ReadonlySet<string>): TimingEdit {
	const gapMs = Math.ceil((rules.minGapFrames * 1000) / exactFrameRate(fps));
	const starts = nextStarts(cues);
	return retimed(cues, (cue, at) => {
		const { characters } = measureCue(cue.target || cue.source, cue.startMs, cue.endMs, rules);
		const neededMs = Math.min(rules.maxDurationMs, Math.max(rules.minDurationMs, Math.ceil((characters * 1000) / rules.maxCps)));
		const latest = (starts[at] ?? Number.POSITIVE_INFINITY) - gapMs;
		const endMs = Math.max(cue.endMs, Math.min(cue.startMs + neededMs, latest));
		return { startMs: cue.startMs, endMs: chosen === undefined || chosen.has(cue.id) ? endMs : cue.endMs };
	});
}

/**
 * Closes gaps that a viewer would see as a flicker: those of three frames up to one less than half a second become two frames, by a later end
 * (Netflix Timed Text Style Guide: 3 to 11 frames at 24).
 *
 * `cues`: in the order of their starts.
 */
export function closeGaps(cues: readonly TimedCue[], fps: number, chosen?: ReadonlySet<string>): TimingEdit {
	const rate = exactFrameRate(fps);
	const twoFramesMs = Math.ceil(2000 / rate);
	const starts = nextStarts(cues);
	return retimed(cues, (cue, at) => {
		const next = starts[at];
		const frames = next === undefined ? 0 : Math.round(((next - cue.endMs) * rate) / 1000);
		const isFlicker = frames >= 3 && frames <= Math.floor(fps / 2) - 1 && (chosen === undefined || chosen.has(cue.id));
		return { startMs: cue.startMs, endMs: isFlicker && next !== undefined ? next - twoFramesMs : cue.endMs };
	});
}

/** For each cue where the next one begins that begins after it; nothing for the last. */
function nextStarts(cues: readonly TimedCue[]): (number | undefined)[] {
	return cues.map((_, at) => cues[at + 1]?.startMs);
}
