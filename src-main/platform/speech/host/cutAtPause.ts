const windowSeconds = 0.1;
/** Below this, -55 dB of the loudest that there can be, nobody speaks. */
const silence = 10 ** (-55 / 20);

/**
 * Where to cut a stretch of sound so that no word is cut: in the middle of the quietest tenth of a second of its last third.
 *
 * @returns how many samples come before the cut.
 */
export function cutAtPause(samples: Float32Array, sampleRate: number): number {
	const step = Math.max(1, Math.round(windowSeconds * sampleRate));
	let quietest = { at: samples.length, power: Number.POSITIVE_INFINITY };
	for (let at = Math.floor((samples.length * 2) / 3); at + step <= samples.length; at += step) {
		const power = powerOf(samples.subarray(at, at + step));
		if (power < quietest.power) quietest = { at: at + Math.floor(step / 2), power };
	}
	return quietest.at;
}

/** Whether there is nothing to hear in a stretch; there recognisers make words up. */
export function isSilent(samples: Float32Array, sampleRate: number): boolean {
	const step = Math.max(1, Math.round(windowSeconds * sampleRate));
	for (let at = 0; at < samples.length; at += step) if (powerOf(samples.subarray(at, at + step)) > silence ** 2) return false;
	return true;
}

function powerOf(samples: Float32Array): number {
	let sum = 0;
	for (const sample of samples) sum += sample * sample;
	return sum / Math.max(1, samples.length);
}
