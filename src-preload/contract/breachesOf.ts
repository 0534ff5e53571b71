import { measureCue } from './measureCue.ts';
import type { ReadingRules } from './readingRules.ts';

/** In the order in which they are told. */
export const breachKinds = ['endBeforeStart', 'cps', 'cpl', 'lines', 'tooShort', 'tooLong', 'gap', 'overlap'] as const;

/**
 * A rule that a cue breaks: what was measured, and the limit. `cps`: characters per second; `cpl`: characters of its longest line;
 * `endBeforeStart`, `tooShort`, `tooLong` and `overlap`: milliseconds; `gap`: frames to the next cue.
 */
export interface Breach {
	kind: (typeof breachKinds)[number];
	/** To the hundredth. */
	measured: number;
	limit: number;
}

interface Timed {
	startMs: number;
	endMs: number;
}

/** Frames per second where the film's are not known: those of European television and most files that count frames. */
export const usualFps = 25;

/** Frame rates of television are written short: 23.976 is 24,000 frames in 1,001 seconds. */
export function exactFrameRate(fps: number): number {
	const whole = Math.round(fps);
	return Math.abs(fps - (whole * 1000) / 1001) < 0.005 ? (whole * 1000) / 1001 : fps;
}

/**
 * The rules that a cue breaks, for showing while one types. `next` is the cue that begins after it, null for the last one.
 *
 * Times in files are whole milliseconds, and frames seldom are: a gap counts as too small where it lacks a millisecond or more.
 */
export function breachesOf(cue: Timed & { text: string }, next: Timed | null, rules: ReadingRules, fps: number): Breach[] {
	const { lineCharacters, durationMs, cps } = measureCue(cue.text, cue.startMs, cue.endMs, rules);
	const longest = Math.max(...lineCharacters);
	const over = (kind: Breach['kind'], measured: number, limit: number): Breach[] =>
		measured > limit + 1e-9 ? [{ kind, measured: toHundredths(measured), limit }] : [];
	const hasText = lineCharacters.some((count) => count > 0);
	const ofLines = [...over('cpl', longest, rules.maxCharsPerLine), ...(hasText ? over('lines', lineCharacters.length, rules.maxLines) : [])];
	// Of times that cannot be there is nothing else to say.
	if (cps === null) return [{ kind: 'endBeforeStart', measured: cue.startMs - cue.endMs, limit: 0 }, ...ofLines];
	return [
		...over('cps', cps, rules.maxCps),
		...ofLines,
		...(durationMs < rules.minDurationMs ? [{ kind: 'tooShort', measured: durationMs, limit: rules.minDurationMs } satisfies Breach] : []),
		...over('tooLong', durationMs, rules.maxDurationMs),
		...(next === null ? [] : spacingBreaches(next.startMs - cue.endMs, rules.minGapFrames, exactFrameRate(fps))),
	];
}

function spacingBreaches(gapMs: number, minGapFrames: number, fps: number): Breach[] {
	if (gapMs < 0) return [{ kind: 'overlap', measured: -gapMs, limit: 0 }];
	const missingMs = (minGapFrames * 1000) / fps - gapMs;
	return missingMs >= 1 ? [{ kind: 'gap', measured: toHundredths((gapMs * fps) / 1000), limit: minGapFrames }] : [];
}

function toHundredths(value: number): number {
	return Math.round(value * 100) / 100;
}
