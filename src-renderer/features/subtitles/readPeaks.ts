import { peaksOf } from './peaksOf.ts';

/** A larger film is not decoded for its sound: all of it would stand in memory at once. */
const mostSoundBytes = 300 * 2 ** 20;
/** Enough to see speech, at a sixth of the memory. */
const samplesPerSecond = 8000;

/** How loud a film is along time; null where it is too large or the browser cannot decode its sound. Nothing of it leaves the page. */
export async function readPeaks(file: File): Promise<Float32Array | null> {
	if (file.size > mostSoundBytes) return null;
	try {
		const context = new OfflineAudioContext(1, 1, samplesPerSecond);
		const sound = await context.decodeAudioData(await file.arrayBuffer());
		return peaksOf(sound.getChannelData(0), sound.sampleRate);
	} catch {
		// A film without sound, or one whose sound this browser does not know, has a timeline without a wave.
		return null;
	}
}
