/** What the command line ends with, so that a script can tell why (README). */
export const exitCodes = {
	done: 0,
	/** It was refused, or something of it went wrong. */
	failed: 1,
	/** The command was not understood. */
	usage: 2,
	/** No Homeroom could be reached or started. */
	unreachable: 3,
	/** The key is missing, no good, or not for this. */
	notAllowed: 4,
	/** There is no such model, job, file or account. */
	notFound: 5,
	/** There are not enough tokens. */
	tokens: 6,
	/** Too much at once; it may be tried again later. */
	busy: 7,
	/** Ctrl-C. */
	interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A reason to end that is a sentence for whoever typed the command. */
export class Ended extends Error {
	readonly exitCode: ExitCode;
	/** The code of errors.ts, or a word of the command line's own, for `--json`. */
	readonly code: string;
	readonly details: Record<string, unknown>;

	constructor(exitCode: ExitCode, code: string, message: string, details: Record<string, unknown> = {}) {
		super(message);
		this.exitCode = exitCode;
		this.code = code;
		this.details = details;
	}
}

/** What a command that is not understood ends with. */
export function usageError(message: string): Ended {
	return new Ended(exitCodes.usage, 'USAGE', message);
}

/** The exit code that stands for an HTTP status. */
export function exitCodeOf(status: number): ExitCode {
	const known: Record<number, ExitCode> = {
		...{ 401: exitCodes.notAllowed, 402: exitCodes.tokens, 403: exitCodes.notAllowed, 404: exitCodes.notFound },
		...{ 410: exitCodes.notFound, 429: exitCodes.busy, 503: exitCodes.unreachable },
	};
	return known[status] ?? exitCodes.failed;
}
