import type { TokenStatistics } from '#contract/finetune.ts';

/** The most buckets that a histogram has. */
const mostBuckets = 24;
const steps = [1, 2, 4, 5, 8];

/** Sums up how long examples are in tokens, of which `learnt` are learnt from. */
export function tokenStatistics(examples: readonly { tokens: number; learnt: number }[]): TokenStatistics {
	const lengths = examples.map(({ tokens }) => tokens).sort((a, b) => a - b);
	const at = (fraction: number) => lengths[Math.max(0, Math.ceil(lengths.length * fraction) - 1)] ?? 0;
	const longest = lengths.at(-1) ?? 0;
	return {
		examples: examples.length,
		totalTokens: lengths.reduce((sum, length) => sum + length, 0),
		learntTokens: examples.reduce((sum, { learnt }) => sum + learnt, 0),
		shortest: lengths[0] ?? 0,
		median: at(0.5),
		p95: at(0.95),
		longest,
		histogram: histogramOf(lengths, longest),
	};
}

/** Buckets of one round width, the last of which reaches to the longest. */
function histogramOf(lengths: readonly number[], longest: number): TokenStatistics['histogram'] {
	const width = bucketWidth(longest);
	const buckets = Array.from({ length: Math.max(1, Math.ceil(longest / width)) }, (_, index) => ({
		upTo: Math.min((index + 1) * width, longest),
		examples: 0,
	}));
	for (const length of lengths) {
		const bucket = buckets[Math.max(0, Math.ceil(length / width) - 1)];
		if (bucket) bucket.examples++;
	}
	return buckets;
}

/** The smallest round number of tokens with which no more buckets than can be drawn are needed. */
function bucketWidth(longest: number): number {
	for (let scale = 1; ; scale *= 10) {
		const width = steps.map((step) => step * scale).find((candidate) => longest <= candidate * mostBuckets);
		if (width !== undefined) return width;
	}
}
