import type { ReadingRules } from '#contract/readingRules.ts';
import type { BreakPoint } from './breakPoints.ts';

/** Where lines are broken, and what that costs: comparable between layouts of the same text with as many lines. */
export interface LaidLines {
	points: BreakPoint[];
	cost: number;
}

/** What a line over its limit costs beside all else, for each time that it holds a line more. */
const overflowCost = 1000;
/** More than breaks and balance together ever cost. */
const overflowLeast = 20;
const balanceCost = 4;
/** By how much of its share the first line is rather shorter, and the last longer. */
const bottomHeavy = 0.06;

/**
 * Chooses among break points those that lay a text best: on as few lines as hold it, or on all there may be; within their limit before all,
 * then by what each break costs and by how far lines are from even, the lower ones rather longer.
 *
 * `atLeast`: on no fewer lines than these. Time grows with the lines and the square of the points.
 */
export function layLines(
	plain: string,
	points: readonly BreakPoint[],
	rules: Pick<ReadingRules, 'maxCharsPerLine' | 'maxLines'>,
	measure: (part: string) => number,
	atLeast = 1,
): LaidLines {
	const width = widths(plain, points, measure);
	const most = Math.min(rules.maxLines, points.length + 1);
	for (let lines = Math.min(atLeast, most); ; lines++) {
		const laid = laidOn(lines, points, width, rules.maxCharsPerLine);
		if (laid.cost < overflowLeast || lines >= most) return laid;
	}
}

/** The width from after one point up to another, by their places in the list; -1 and its length are the ends of the text. */
type Width = (from: number, to: number) => number;

function widths(plain: string, points: readonly BreakPoint[], measure: (part: string) => number): Width {
	let sum = 0;
	let at = 0;
	const starts = [0];
	const ends: number[] = [];
	for (const { end, start } of [...points, { end: plain.length, start: plain.length }]) {
		sum += measure(plain.slice(at, end));
		ends.push(sum);
		sum += measure(plain.slice(end, start));
		starts.push(sum);
		at = start;
	}
	return (from, to) => (ends[to] ?? 0) - (starts[from + 1] ?? 0);
}

function laidOn(lines: number, points: readonly BreakPoint[], width: Width, limit: number): LaidLines {
	const total = Math.max(1, width(-1, points.length));
	const lineCost = (from: number, to: number, line: number) => {
		const tilt = lines === 1 ? 0 : (bottomHeavy * (2 * line - lines + 1)) / (lines - 1);
		const held = width(from, to);
		const over = Math.max(0, held - limit) / limit;
		// To the square as well, so that what is too long is shared out.
		return balanceCost * (held / total - (1 + tilt) / lines) ** 2 + (over === 0 ? 0 : overflowLeast + overflowCost * (over + over ** 2));
	};
	let reached: (LaidLines | null)[] = points.map((point, to) => ({ points: [point], cost: lineCost(-1, to, 0) + point.cost }));
	for (let line = 1; line < lines - 1; line++) {
		reached = points.map((point, to) => bestOf(reached.slice(0, to), (from) => lineCost(from, to, line) + point.cost, point));
	}
	if (lines === 1) return { points: [], cost: lineCost(-1, points.length, 0) };
	return bestOf(reached, (from) => lineCost(from, points.length, lines - 1), null) ?? { points: [], cost: lineCost(-1, points.length, 0) };
}

function bestOf(reached: readonly (LaidLines | null)[], costFrom: (from: number) => number, point: BreakPoint | null): LaidLines | null {
	let best: { from: LaidLines; cost: number } | null = null;
	for (const [from, before] of reached.entries()) {
		if (before === null) continue;
		const cost = before.cost + costFrom(from);
		if (best === null || cost < best.cost) best = { from: before, cost };
	}
	return best && { points: point === null ? best.from.points : [...best.from.points, point], cost: best.cost };
}
