/** A cue on its way out of a container. */
export interface TextCue {
	startMs: number;
	/** Null where the container does not tell: until the next one. */
	endMs: number | null;
	text: string;
	/** Of a WebVTT cue: its identifier, its settings, and the comments before it. */
	id?: string;
	settings?: string;
	comments?: string;
}

/** How long a cue is shown that has no end and no other after it. */
const longestOpenMs = 5000;

/** The same cues in the order of their times, each with an end: that of an open one is the beginning of the next, or 5 seconds on where that is sooner. */
export function endCues<Cue extends TextCue>(cues: readonly Cue[]): (Cue & { endMs: number })[] {
	const ordered = [...cues].sort((a, b) => a.startMs - b.startMs);
	return ordered.map((cue, index) => {
		const next = ordered[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
		const open = Math.min(next > cue.startMs ? next : Number.POSITIVE_INFINITY, cue.startMs + longestOpenMs);
		return { ...cue, endMs: cue.endMs ?? open };
	});
}
