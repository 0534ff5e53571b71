import { medianOf } from '../report/medianOf.ts';

/** How one list of times lies beside another: `reference = offsetMs + rate × own`, and how sure that is. */
export interface TimeMatch {
	offsetMs: number;
	rate: number;
	/** Of the own times, how many have one in the reference within `toleranceMs`, 0 to 1. */
	matched: number;
	/** By how many standard deviations more than chance would match. */
	sigmas: number;
	/** The matches of the best other alignment beside those of this one, 0 to 1. */
	rival: number;
}

/** Two people put a subtitle on the same word within about five frames. */
const toleranceMs = 200;
/** Near enough to be the same cue for sure: what people differ by. */
const closeMs = 100;
const binMs = 100;
/** Films are cut differently for other releases, but seldom by more. */
const mostOffsetMs = 600_000;
/** How the lengths of one film at two frame rates compare. */
const rates = [24000 / 1001, 24, 25, 30000 / 1001, 30].flatMap((from, _, all) => all.map((to) => from / to));
/** Rates that differ by less than the regression finds by itself. */
const knownRates = [...new Set(rates.map((rate) => Number(rate.toFixed(5))))].sort((a, b) => Math.abs(a - 1) - Math.abs(b - 1));

/**
 * Aligns times with those of a reference by where most of them agree: the frame rate and the offset that bring the most times together, then a
 * line through the pairs so found that strangers among them cannot bend (the incomplete method of Theil 1950), and least squares over those near it.
 *
 * Null with fewer than eight times on either side. Times in milliseconds, in any order; `mostOffsetMs` is ten minutes.
 */
export function matchTimes(own: readonly number[], reference: readonly number[]): TimeMatch | null {
	const mine = own.toSorted((a, b) => a - b);
	const theirs = reference.toSorted((a, b) => a - b);
	if (mine.length < 8 || theirs.length < 8) return null;
	const candidates = knownRates.flatMap((rate) => peaksOf(mine, theirs, rate)).sort((a, b) => b.votes - a.votes || Math.abs(a.rate - 1) - Math.abs(b.rate - 1));
	const refined = candidates.slice(0, 8).map((candidate) => refine(mine, theirs, candidate));
	const scored = refined.map((line) => ({ ...line, hits: pairsOf(mine, theirs, line, toleranceMs).length })).sort((a, b) => b.hits - a.hits);
	const [best] = scored;
	if (best === undefined) return null;
	const middle = medianOf(mine);
	const placeOf = ({ offsetMs, rate }: Line) => offsetMs + rate * middle;
	const rival = scored.find((line) => Math.abs(placeOf(line) - placeOf(best)) > 4 * toleranceMs)?.hits ?? 0;
	const chance = chanceOf(theirs);
	const sigmas = (best.hits - mine.length * chance) / Math.sqrt(Math.max(1e-9, mine.length * chance * (1 - chance)));
	return { offsetMs: best.offsetMs, rate: best.rate, matched: best.hits / mine.length, sigmas, rival: rival / Math.max(1, best.hits) };
}

interface Line {
	offsetMs: number;
	rate: number;
}

/** How likely a time that has nothing to do with the reference falls within the tolerance of one of it. */
function chanceOf(theirs: readonly number[]): number {
	const spanMs = Math.max(1, (theirs.at(-1) ?? 0) - (theirs[0] ?? 0));
	return Math.min(0.99, 1 - Math.exp((-2 * toleranceMs * theirs.length) / spanMs));
}

/** The offsets that bring the most times together at a rate: the best two that are not beside one another. */
function peaksOf(mine: readonly number[], theirs: readonly number[], rate: number): (Line & { votes: number })[] {
	const bins = new Int32Array((2 * mostOffsetMs) / binMs + 3);
	let from = 0;
	for (const ms of mine) {
		const place = ms * rate;
		while (from < theirs.length && (theirs[from] ?? 0) < place - mostOffsetMs) from++;
		for (let at = from; at < theirs.length; at++) {
			const offset = (theirs[at] ?? 0) - place;
			if (offset > mostOffsetMs) break;
			const bin = Math.round((offset + mostOffsetMs) / binMs) + 1;
			bins[bin] = (bins[bin] ?? 0) + 1;
		}
	}
	const votesAt = (bin: number) => (bins[bin - 1] ?? 0) + (bins[bin] ?? 0) + (bins[bin + 1] ?? 0);
	const best = highest(bins.length, votesAt, -100);
	return [best, highest(bins.length, votesAt, best)].map((bin) => ({ rate, offsetMs: (bin - 1) * binMs - mostOffsetMs, votes: votesAt(bin) }));
}

/** The bin with the most votes that is no neighbour of another one. */
function highest(length: number, votesAt: (bin: number) => number, except: number): number {
	let best = Math.abs(except - 1) > 10 ? 1 : except + 11;
	for (let bin = 1; bin < length - 1; bin++) if (Math.abs(bin - except) > 10 && votesAt(bin) > votesAt(best)) best = bin;
	return best;
}

/** Pairs each own time with the nearest of the reference under a line, where that is near enough. */
function pairsOf(mine: readonly number[], theirs: readonly number[], { offsetMs, rate }: Line, withinMs: number): { own: number; other: number }[] {
	const pairs: { own: number; other: number }[] = [];
	let at = 0;
	for (const own of mine) {
		const place = offsetMs + rate * own;
		while (at + 1 < theirs.length && Math.abs((theirs[at + 1] ?? 0) - place) <= Math.abs((theirs[at] ?? 0) - place)) at++;
		const other = theirs[at] ?? 0;
		if (Math.abs(other - place) <= withinMs) pairs.push({ own, other });
	}
	return pairs;
}

function refine(mine: readonly number[], theirs: readonly number[], start: Line): Line {
	let line: Line = start;
	// Medians first, which strangers cannot bend; among those near enough the mean is the more exact.
	const rounds = [500, 300, toleranceMs].map((withinMs) => ({ withinMs, through: lineThrough }));
	const exact = [200, 200, 150, 150, 120, 120, 120].map((withinMs) => ({ withinMs, through: leastSquares }));
	for (const { withinMs, through } of [...rounds, ...exact]) {
		const pairs = pairsOf(mine, theirs, line, withinMs);
		const found = pairs.length < 8 ? line : through(pairs, line.rate);
		// Nothing but a change of speed makes a film longer, and none is as large.
		if (Math.abs(found.rate / start.rate - 1) > 0.005) return line;
		line = found;
	}
	// Strangers at one end can bend it a little all the same; a film at the very speed of a frame rate has more of its pairs close by there.
	const usual = knownRates.toSorted((a, b) => Math.abs(a - line.rate) - Math.abs(b - line.rate))[0] ?? start.rate;
	const straight = { rate: usual, offsetMs: medianOf(pairsOf(mine, theirs, line, toleranceMs).map(({ own, other }) => other - usual * own)) };
	const closeTo = (it: Line) => pairsOf(mine, theirs, it, closeMs).length;
	return closeTo(straight) >= closeTo(line) ? straight : line;
}

/** A line through pairs that half of them may miss: the median of the slopes between pairs far apart, and the median of what is left. */
function lineThrough(pairs: readonly { own: number; other: number }[], usualRate: number): Line {
	const half = Math.floor(pairs.length / 2);
	const slopes = pairs.slice(0, half).flatMap(({ own, other }, at) => {
		const far = pairs[at + half];
		return far === undefined || far.own - own < 10_000 ? [] : [(far.other - other) / (far.own - own)];
	});
	const rate = slopes.length < 4 ? usualRate : medianOf(slopes);
	return { rate, offsetMs: medianOf(pairs.map(({ own, other }) => other - rate * own)) };
}

/** The line from which pairs are the least far, by the sum of squares; at the usual rate where they are too near one another to tell. */
function leastSquares(pairs: readonly { own: number; other: number }[], usualRate: number): Line {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [own, other] = [mean(pairs.map((pair) => pair.own)), mean(pairs.map((pair) => pair.other))];
	const spread = pairs.reduce((sum, pair) => sum + (pair.own - own) ** 2, 0);
	const shared = pairs.reduce((sum, pair) => sum + (pair.own - own) * (pair.other - other), 0);
	const rate = spread < 10_000 ** 2 * pairs.length ? usualRate : shared / spread;
	return { rate, offsetMs: other - rate * own };
}
