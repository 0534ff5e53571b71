import { clockParts, padded } from './clockTime.ts';

/** The formats that can be written. */
export type WrittenFormat = 'srt' | 'vtt' | 'ass';

/**
 * A time as a format writes it; ASS to the hundredth of a second, the others to the thousandth. A time before the beginning becomes 0, which
 * is the least that players read.
 */
export function writeTime(format: WrittenFormat, timeMs: number): string {
	const at = Math.max(0, timeMs);
	if (format === 'ass') {
		const { hours, minutes, seconds, ms } = clockParts(Math.round(at / 10) * 10);
		return `${hours}:${padded(minutes, 2)}:${padded(seconds, 2)}.${padded(ms / 10, 2)}`;
	}
	const { hours, minutes, seconds, ms } = clockParts(at);
	return `${padded(hours, 2)}:${padded(minutes, 2)}:${padded(seconds, 2)}${format === 'srt' ? ',' : '.'}${padded(ms, 3)}`;
}
