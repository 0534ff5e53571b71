import { exactFrameRate } from '#contract/breachesOf.ts';
import { countCharacters } from '#contract/measureCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import { joinedLines } from '../rules/breakLines.ts';
import { breakPoints } from '../rules/breakPoints.ts';
import { cutParts, plainParts } from '../rules/plainParts.ts';
import { carryTags } from './carryTags.ts';
import type { TimedCue, TimingResult } from './TimingEdit.ts';

/** How a cue is split: the id of its second half, and where. */
export interface Splitting {
	newId: string;
	/** Where the second half begins; left out: in proportion to the text. */
	atMs?: number;
	sourceLanguage: string;
	targetLanguage: string;
	/** Of no time between the halves where it is 0. */
	gapFrames: number;
	fps: number;
}

/** How far from its place a break may lie that is better by meaning, in comparison with what breaks cost. */
const distanceCost = 6;

/**
 * Splits a cue in two, each text where its meaning allows it nearest to the time, or without a time nearest to its middle.
 *
 * No word is lost, and tags hold in both (carryTags.ts); an empty translation stays empty. The gap is taken from the first half where that leaves it a frame at the least.
 */
export function splitCue(cue: TimedCue, { newId, atMs, sourceLanguage, targetLanguage, gapFrames, fps }: Splitting): TimingResult {
	const durationMs = cue.endMs - cue.startMs;
	const wanted = atMs === undefined ? 0.5 : (atMs - cue.startMs) / durationMs;
	const source = divideText(cue.source, sourceLanguage, wanted);
	const target = divideText(cue.target, targetLanguage, wanted);
	const main = cue.target === '' ? source : target;
	if (durationMs < 2 || main === null || !(wanted > 0 && wanted < 1)) return { kind: 'refused', why: 'indivisible' };
	const cutMs = atMs ?? Math.min(cue.endMs - 1, Math.max(cue.startMs + 1, Math.round(cue.startMs + durationMs * main.fraction)));
	const frameMs = 1000 / exactFrameRate(fps);
	const endMs = Math.round(cutMs - gapFrames * frameMs);
	const [sourceHead, sourceTail] = carryTags(source?.parts ?? [cue.source, '']);
	const [targetHead, targetTail] = carryTags(target?.parts ?? [cue.target, '']);
	const head = { ...cue, endMs: endMs - cue.startMs >= frameMs ? endMs : cutMs, source: sourceHead, target: targetHead };
	const tail = { ...cue, id: newId, startMs: cutMs, source: sourceTail, target: targetTail };
	return { kind: 'edit', edit: { before: [cue], after: [head, tail] } };
}

/**
 * Divides a text by meaning near a share of its length, 0 to 1, and says at which share it did; null where it cannot be divided.
 * Its lines are joined first; tags stay with their words.
 */
function divideText(text: string, language: string, wanted: number): { parts: [string, string]; fraction: number } | null {
	const turn = divideTurns(text, wanted);
	if (turn !== null) return turn;
	const { text: whole } = joinedLines(text.split('\n'));
	const parts = plainParts(whole);
	const total = countCharacters(parts.plain, 'byWidth');
	let best: { point: { end: number; start: number }; cost: number; fraction: number } | null = null;
	for (const point of breakPoints(parts.plain, language)) {
		const fraction = countCharacters(parts.plain.slice(0, point.end), 'byWidth') / total;
		const cost = point.cost + distanceCost * (fraction - wanted) ** 2;
		if (best === null || cost < best.cost) best = { point, cost, fraction };
	}
	return best && { parts: cutParts(whole, parts, best.point), fraction: best.fraction };
}

/** A dialogue is divided between its turns. */
function divideTurns(text: string, wanted: number): { parts: [string, string]; fraction: number } | null {
	const lines = text.split('\n');
	const starts = lines.flatMap((line, at) => (at > 0 && /^[-‐–—]\s?\S/u.test(visibleText(line)) ? [at] : []));
	const total = Math.max(0.5, countCharacters(visibleText(text), 'byWidth'));
	const divided = starts.map((at) => {
		const parts: [string, string] = [lines.slice(0, at).join('\n'), lines.slice(at).join('\n')];
		return { parts, fraction: countCharacters(visibleText(parts[0]), 'byWidth') / total };
	});
	return divided.sort((a, b) => Math.abs(a.fraction - wanted) - Math.abs(b.fraction - wanted))[0] ?? null;
}
