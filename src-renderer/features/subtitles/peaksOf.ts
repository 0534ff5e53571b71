/** How much of a film one peak stands for. */
export const peakMs = 20;

/** How loud a sound is along time: of every 20 ms the largest sample, as a share of the largest of all, so that a quiet film is seen too. */
export function peaksOf(samples: Float32Array, samplesPerSecond: number): Float32Array {
	const perPeak = Math.max(1, Math.round((samplesPerSecond * peakMs) / 1000));
	const peaks = new Float32Array(Math.ceil(samples.length / perPeak));
	for (const [at, sample] of samples.entries()) {
		const peak = Math.floor(at / perPeak);
		const loudness = Math.abs(sample);
		if (loudness > (peaks[peak] ?? 0)) peaks[peak] = loudness;
	}
	const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0);
	return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest);
}
