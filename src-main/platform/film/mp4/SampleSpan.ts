/** Where a sample of a track is in the file, and when it is shown, in ticks of the track. */
export interface SampleSpan {
	at: number;
	sizeBytes: number;
	start: number;
	/** Null where the file does not tell. */
	duration: number | null;
}

/** More samples than any track of text has. */
export const mostSpans = 2_000_000;
