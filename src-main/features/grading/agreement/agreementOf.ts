import type { Agreement, Confusion, Scale } from '#contract/agreement.ts';
import { type BootstrapOptions, bootstrapIntervals } from './bootstrapIntervals.ts';
import { crossTable } from './cohenKappa.ts';
import { kappaOfSums, pearsonOfSums } from './quadraticWeightedKappa.ts';
import { wilsonInterval } from './wilsonInterval.ts';

/** What the teacher gave an answer and what the model proposed: points, or positions of levels from 0. */
export interface MarkPair {
	teacher: number;
	model: number;
}

/** Marks are kept to a hundredth; anything closer is the same mark. */
const same = 0.005;

/**
 * Compares proposals with the teacher's own marks of the same answers, with 95 % intervals.
 *
 * Adjacent is one level, or a tenth of the question's points: a point of ten, which is where teachers' own marks of one answer often differ.
 * Means, kappa and correlation have BCa bootstrap intervals (`bootstrapIntervals`), fractions Wilson's. Whatever is not defined is null: there are no marks,
 * nobody varies, or there are too few for an interval (below five). Kappa is over the marks themselves (`quadraticWeightedKappa`), not over bands.
 */
export function agreementOf(pairs: readonly MarkPair[], scale: Scale, options: BootstrapOptions = {}): Agreement {
	const rows = pairs.map((pair) => rowOf(pair, scale));
	const intervals = bootstrapIntervals(rows, figuresOf, options);
	const width = rowOf({ teacher: 0, model: 0 }, scale).length;
	const sums = rows.reduce((total, row) => total.map((sum, column) => sum + (row[column] ?? 0)), new Float64Array(width));
	const values = figuresOf(sums, rows.length);
	const figure = (index: number) => ({ value: values[index] ?? null, interval: intervals[index] ?? null });
	const fraction = (hits: number) => ({ value: rows.length === 0 ? null : hits / rows.length, interval: wilsonInterval(hits, rows.length) });
	return {
		count: rows.length,
		exact: fraction(pairs.filter(({ teacher, model }) => Math.abs(model - teacher) < same).length),
		adjacent: fraction(pairs.filter(({ teacher, model }) => Math.abs(model - teacher) < adjacentDistance(scale) + same).length),
		meanAbsoluteError: figure(0),
		bias: figure(1),
		qwk: figure(2),
		pearson: figure(3),
		middleBand: { count: sums[7] ?? 0, meanAbsoluteError: figure(4) },
		confusion: confusionOf(pairs, scale),
	};
}

/** How far a proposal may be off and still count as adjacent, in points or levels. */
function adjacentDistance(scale: Scale): number {
	return scale.kind === 'levels' ? 1 : scale.outOf / 10;
}

function rowOf({ teacher, model }: MarkPair, scale: Scale): number[] {
	const difference = model - teacher;
	const fraction = teacher / (scale.kind === 'levels' ? scale.count - 1 : scale.outOf);
	const middle = fraction > 0.3 - 1e-9 && fraction < 0.7 + 1e-9 ? 1 : 0;
	return [Math.abs(difference), difference, teacher, model, teacher ** 2, model ** 2, teacher * model, middle, middle * Math.abs(difference)];
}

function figuresOf(sums: Float64Array, count: number): (number | null)[] {
	const [absolute = 0, signed = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0, middle = 0, middleAbsolute = 0] = sums;
	if (count === 0) return [null, null, null, null, null];
	const marks = { count, x, y, xx, yy, xy };
	return [absolute / count, signed / count, kappaOfSums(marks), pearsonOfSums(marks), middle > 0 ? middleAbsolute / middle : null];
}

function confusionOf(pairs: readonly MarkPair[], scale: Scale): Confusion {
	const bands = bandsOf(pairs, scale);
	const bandOf = (value: number) => {
		const place = bands.findIndex(({ high }) => value < high + same);
		return place === -1 ? bands.length - 1 : place;
	};
	return {
		bands,
		counts: crossTable(
			pairs.map(({ teacher, model }) => [bandOf(teacher), bandOf(model)] as const),
			bands.length,
		),
	};
}

/** A band for each value where there are at most eleven, as of a question of ten points; else ten bands of the same width, in hundredths of points. */
function bandsOf(pairs: readonly MarkPair[], scale: Scale): Confusion['bands'] {
	const top = scale.kind === 'levels' ? scale.count - 1 : scale.outOf;
	const wholeNumbers = pairs.every(({ teacher, model }) => Number.isInteger(teacher) && Number.isInteger(model));
	if (Number.isInteger(top) && top <= 10 && wholeNumbers) return Array.from({ length: top + 1 }, (_, value) => ({ low: value, high: value }));
	const edge = (band: number) => Math.round(band * top * 10) / 100;
	return Array.from({ length: 10 }, (_, band) => ({ low: band === 0 ? 0 : edge(band) + 0.01, high: edge(band + 1) }));
}
