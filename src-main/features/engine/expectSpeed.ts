/** What one core reads of a model's weights and computes with in a second: about what a laptop's has given since 2018, with weights of 4 to 8 bits. */
const coreBytesPerSecond = 10e9;
/** What all cores share: two channels of DDR4-3200 or DDR5 have 51 GB/s at the very most, of which about four fifths are had. */
const memoryBytesPerSecond = 40e9;

/** As quickly as people read, 238 words a minute (Brysbaert 2019, “How many words do we read per minute?”), at three quarters of a word a token. */
export const readingTokensPerSecond = 5;

/**
 * About how many tokens a second a model writes on a processor, one answer at a time.
 *
 * Writing waits for memory: all weights are read once for each token, so it is bytes a second by bytes of weights (Williams, Waterman and Patterson
 * 2009, “Roofline”). Of a mixture of experts, which reads a part of its weights, it tells too little.
 */
export function expectSpeed(weightsBytes: number, threads: number): number {
	return Math.min(threads * coreBytesPerSecond, memoryBytesPerSecond) / weightsBytes;
}
