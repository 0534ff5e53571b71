import { exactFrameRate } from '#contract/breachesOf.ts';
import { retimed, type TimedCue, type TimingResult } from './TimingEdit.ts';

/** Moves cues by some milliseconds, forward or, under 0, back. Refused where one would begin before the film does. */
export function shiftCues(cues: readonly TimedCue[], byMs: number): TimingResult {
	return mapTimes(cues, (ms) => ms + byMs);
}

/** A time as it is, and as it is to be. */
export interface SyncPoint {
	fromMs: number;
	toMs: number;
}

/** Moves and stretches cues so that two points of time come where they are to be, and all others in proportion. */
export function stretchCues(cues: readonly TimedCue[], first: SyncPoint, second: SyncPoint): TimingResult {
	const rate = (second.toMs - first.toMs) / (second.fromMs - first.fromMs);
	if (!Number.isFinite(rate) || rate <= 0) return { kind: 'refused', why: 'pointsUnordered' };
	return mapTimes(cues, (ms) => first.toMs + (ms - first.fromMs) * rate);
}

/**
 * Gives cues that were timed for a film at one frame rate the times of the same frames at another: from 25 to 23.976 all is later.
 * Rates of television are exact: 23.976 is 24000/1001.
 */
export function changeFrameRate(cues: readonly TimedCue[], fromFps: number, toFps: number): TimingResult {
	const rate = exactFrameRate(fromFps) / exactFrameRate(toFps);
	return mapTimes(cues, (ms) => ms * rate);
}

/** Moves every time to the nearest frame, to the millisecond; a cue shorter than a frame is a frame long. */
export function snapToFrames(cues: readonly TimedCue[], fps: number): TimingResult {
	const rate = exactFrameRate(fps);
	const msOf = (frame: number) => Math.round((frame * 1000) / rate);
	const edit = retimed(cues, ({ startMs, endMs }) => {
		const start = Math.round((startMs * rate) / 1000);
		const end = Math.round((endMs * rate) / 1000);
		// One that ends before it begins stays as wrong as it is, for a person to see.
		return { startMs: msOf(start), endMs: msOf(endMs > startMs ? Math.max(start + 1, end) : end) };
	});
	return { kind: 'edit', edit };
}

/** Puts cues through a map of times that keeps their order. */
export function mapTimes(cues: readonly TimedCue[], timeOf: (ms: number) => number): TimingResult {
	const earliest = Math.min(0, ...cues.flatMap(({ startMs, endMs }) => [Math.round(timeOf(startMs)), Math.round(timeOf(endMs))]));
	if (earliest < 0) return { kind: 'refused', why: 'beforeStart', byMs: -earliest };
	// -0 is written as 0 and compared as another number.
	return { kind: 'edit', edit: retimed(cues, ({ startMs, endMs }) => ({ startMs: Math.round(timeOf(startMs)) + 0, endMs: Math.round(timeOf(endMs)) + 0 })) };
}
