/** Frames per second to the thousandth, as a film's own figure gives it; null for what is none. */
export function frameRate(fps: number): number | null {
	return fps >= 1 && fps <= 240 ? Math.round(fps * 1000) / 1000 : null;
}
