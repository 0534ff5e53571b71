import { countCharacters } from '#contract/measureCue.ts';
import { visibleText } from '#contract/visibleText.ts';
import type { ReportCue } from './Finding.ts';
import { medianOf, robustDeviation } from './medianOf.ts';
import { toHundredths } from './toHundredths.ts';

/** In fewer cues than these nothing is said about what is usual. */
const leastCues = 20;
/** A shorter source says little: "No." may be five words. */
const leastCharacters = 10;
/** How many deviations from the middle are unusual (Iglewicz and Hoaglin 1993), and what is never unusual, as a factor. */
const mostDeviations = 3.5;
const leastFactor = 2;
/** Each token chosen with less than even odds. */
const lowLogProbability = Math.log(0.5);
/** And no more surely than that: below it a cue is doubtful whatever the others are. */
const veryLowLogProbability = Math.log(0.25);

/**
 * The cues whose translation is far longer or shorter beside its source than this project's are, by their place in the list.
 *
 * What is usual is the project's own: the median, so that it holds for every pair of languages. Characters by width.
 */
export function unlikeRatios(cues: readonly Pick<ReportCue, 'source' | 'target'>[]): { at: number; measured: number; usual: number }[] {
	const ratios = cues.flatMap(({ source, target }, at) => {
		const [from, to] = [lengthOf(source), lengthOf(target)];
		return from < leastCharacters || to === 0 ? [] : [{ at, logRatio: Math.log(to / from) }];
	});
	if (ratios.length < leastCues) return [];
	const logs = ratios.map(({ logRatio }) => logRatio);
	const usual = medianOf(logs);
	const bound = Math.max(Math.log(leastFactor), mostDeviations * robustDeviation(logs));
	return ratios
		.filter(({ logRatio }) => Math.abs(logRatio - usual) > bound)
		.map(({ at, logRatio }) => ({ at, measured: toHundredths(Math.exp(logRatio)), usual: toHundredths(Math.exp(usual)) }));
}

/** The cues that their model was unsure of: very low, or low and far under what is usual in this project. */
export function lowConfidences(cues: readonly Pick<ReportCue, 'confidence' | 'target'>[]): { at: number; measured: number }[] {
	const known = cues.flatMap(({ confidence, target }, at) => (confidence === null || target === '' || Number.isNaN(confidence) ? [] : [{ at, confidence }]));
	const values = known.map(({ confidence }) => confidence);
	const bound = known.length < leastCues ? veryLowLogProbability : medianOf(values) - 2 * robustDeviation(values);
	return known
		.filter(({ confidence }) => confidence < veryLowLogProbability || (confidence < lowLogProbability && confidence < bound))
		.map(({ at, confidence }) => ({ at, measured: toHundredths(confidence) }));
}

function lengthOf(text: string): number {
	// In halves by width; doubled, a letter is one and an ideograph two.
	return 2 * countCharacters(visibleText(text).replace(/\s+/g, ' ').trim(), 'byWidth');
}
