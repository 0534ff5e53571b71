/** What of a bar is dragged: one of its ends, or all of it. */
export type DragEdge = 'start' | 'end' | 'both';

/** One frame at 25 frames per second: a cue that is dragged stays at least so long. */
const leastMs = 40;

/** The times of a cue that was dragged by so many milliseconds: never before the film, never turned round. */
export function dragTimes({ startMs, endMs }: { startMs: number; endMs: number }, edge: DragEdge, byMs: number): { startMs: number; endMs: number } {
	if (edge === 'start') return { startMs: Math.max(0, Math.min(startMs + byMs, endMs - leastMs)), endMs };
	if (edge === 'end') return { startMs, endMs: Math.max(endMs + byMs, startMs + leastMs) };
	const by = Math.max(byMs, -startMs);
	return { startMs: startMs + by, endMs: endMs + by };
}
