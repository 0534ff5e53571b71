import { useMemo } from 'react';
import { useFilm } from './filmStore.ts';
import { peakMs } from './peaksOf.ts';
import { scaleHeightPx, timelineHeightPx } from './timelineSizes.ts';

/** The sound of the film behind the cues, where it could be read. */
export function TimelineWave({ fromMs, toMs, msPerPx }: { fromMs: number; toMs: number; msPerPx: number }) {
	const peaks = useFilm((state) => state.peaks);
	const drawn = useMemo(() => (peaks === null ? '' : pathOf(peaks, fromMs, toMs, msPerPx)), [peaks, fromMs, toMs, msPerPx]);
	return drawn === '' ? null : <path d={drawn} stroke="var(--mui-palette-series-rest)" strokeWidth={1} pointerEvents="none" />;
}

/** A stroke for every two pixels, as high as the sound is loud. */
function pathOf(peaks: Float32Array, fromMs: number, toMs: number, msPerPx: number): string {
	const half = (timelineHeightPx - scaleHeightPx) / 2;
	const middle = scaleHeightPx + half;
	const strokes: string[] = [];
	for (let x = 0; fromMs + x * msPerPx < toMs; x += 2) {
		const first = Math.floor((fromMs + x * msPerPx) / peakMs);
		const last = Math.max(first + 1, Math.floor((fromMs + (x + 2) * msPerPx) / peakMs));
		const height = peaks.subarray(first, last).reduce((most, peak) => Math.max(most, peak), 0) * half;
		if (height >= 0.5) strokes.push(`M${x} ${(middle - height).toFixed(1)}V${(middle + height).toFixed(1)}`);
	}
	return strokes.join('');
}
