/** A part of a file's text, in UTF-16 units, from `start` up to `end`. */
export interface Span {
	start: number;
	end: number;
}

/** One subtitle as a file has it. What is not named here stays where it is in the file. */
export interface Cue {
	/** From the beginning of the film; what a file gives as less than 0 stays so. */
	startMs: number;
	/** Null where the format has none: until the next cue. */
	endMs: number | null;
	/** As it stands in the file, tags and all, but with `\n` for every line end. */
	text: string;
	/** A comment is not shown; it is kept and never translated. */
	kind: 'shown' | 'comment';
	/**
	 * Where its times and its text stand, and all that goes with it where it is taken out. Of formats that are read and not written (TTML,
	 * SAMI) they tell the place only: `start` is the tag that has the times.
	 */
	spans: { start: Span; end: Span | null; text: Span; whole: Span };
	/** The line of the file in which its times stand, from 1. */
	line: number;
	/** Of an ASS or SSA file: the style, who speaks, and the layer, as they are written. Of SAMI the class, which tells the language. */
	style?: string;
	actor?: string;
	layer?: string;
	/** Of a WebVTT or TTML file: its identifier; of an SRT one: the number above its times. */
	id?: string;
	/** What stands behind its times: the settings of a WebVTT cue, the coordinates of an SRT one. */
	settings?: string;
}

/** Something in a file that is not as it should be, and was read all the same as a person would read it. */
export interface CueProblem {
	what: CueFault;
	/** From 1. */
	line: number;
	/** What stands there, up to 80 characters. */
	found: string;
}

export type CueFault =
	/** A cue without the number that SRT wants, or with one that is no number. */
	| 'numberMissing'
	/** The number of an SRT cue is there already, or goes back. */
	| 'numberDoubled'
	/** Numbers of SRT are left out before this one. */
	| 'numberSkipped'
	/** Two cues that no blank line parts. */
	| 'blankMissing'
	/** A blank line within a cue's text. */
	| 'blankInText'
	/** Times that are written in another way than the format's. */
	| 'oddTime'
	/** A time that cannot be read. */
	| 'badTime'
	/** A time with more than 59 minutes or seconds; the cue is placed by what is around it. */
	| 'impossibleTime'
	/** A time before the beginning. */
	| 'negativeTime'
	/** A cue that ends before it begins. */
	| 'endBeforeStart'
	/** A cue that begins before the one above it ends. */
	| 'overlap'
	/** Of ASS: a cue that begins before another one of its layer ends. */
	| 'layerOverlap'
	/** A cue in which nothing is shown. */
	| 'emptyCue'
	/** Of ASS: a style that the file does not have, told where it is first used. */
	| 'unknownStyle'
	/** A cue that begins before the one above it does. */
	| 'outOfOrder'
	/** The first line that the format wants is not there. */
	| 'headerMissing'
	/** Text that belongs to no cue. */
	| 'strayText'
	/** A line with fewer fields than the others. */
	| 'fieldsMissing'
	/** Text in the line of its times. */
	| 'textBesideTimes'
	/** More times in one line than are read. */
	| 'tooManyTimes'
	/** Times in frames, and nothing that says how many a second has. */
	| 'rateAssumed'
	/** Markup that is not well-formed. */
	| 'badMarkup'
	/** Elements within one another deeper than is read; what comes after is not read. */
	| 'tooDeep'
	/** More elements than are read; what comes after is not. */
	| 'tooManyElements'
	/** The film that it is taken from breaks off at this byte. */
	| 'filmBrokenOff'
	/** The last line has no end. */
	| 'lineEndMissing';

/** What a file was read as. */
export interface ReadSubtitles {
	cues: Cue[];
	/** In the order of lines. */
	problems: CueProblem[];
}
