import type { Place } from './placeAt.ts';

/** What is known of a failure beside its code. */
export interface FormatFailure {
	/** UTF-16 code units from the beginning of the source. */
	offset?: number;
	line?: number;
	column?: number;
	/** Where in the matter, as in a `Note`. */
	path?: string;
	/** What was found or what was expected, in the format's own words: `","`, `a value`, `1000`. */
	detail?: string;
}

/**
 * A source that cannot be read, or a result that cannot be written. The renderer has the words of each code; the message is for the log and for
 * those who know the format.
 */
export class FormatError extends Error {
	readonly code: string;
	readonly offset: number | undefined;
	readonly line: number | undefined;
	readonly column: number | undefined;
	readonly path: string | undefined;
	readonly detail: string | undefined;

	constructor(code: string, message: string, failure: FormatFailure = {}) {
		super(message);
		this.name = 'FormatError';
		this.code = code;
		this.offset = failure.offset;
		this.line = failure.line;
		this.column = failure.column;
		this.path = failure.path;
		this.detail = failure.detail;
	}

	/** The same with the line and column of its offset, where they are not known yet. */
	placed(placeOf: (at: number) => Place): FormatError {
		if (this.offset === undefined || this.line !== undefined) return this;
		return new FormatError(this.code, this.message, { ...this.failure, ...placeOf(this.offset) });
	}

	/** All of it as plain data, for a message to another thread or a report. */
	get failure(): FormatFailure {
		return Object.fromEntries(
			Object.entries({ offset: this.offset, line: this.line, column: this.column, path: this.path, detail: this.detail }).filter(
				([, value]) => value !== undefined,
			),
		);
	}
}

/** How many containers may lie in one another, in every format: what the stack bears in each of them. What is deeper was made to break readers. */
export const deepest = 500;

/** Refuses a source that goes deeper than `deepest`. */
export function tooDeep(offset?: number): FormatError {
	return new FormatError('tooDeep', `More than ${deepest} levels lie in one another.`, {
		...(offset !== undefined && { offset }),
		detail: String(deepest),
	});
}
