import { type Failure, failure } from '#contract/errors.ts';

/** An issue names the keys it does not know, and a caller can make those as long as it likes. */
const longestIssue = 300;
const longestKey = 100;
const mostIssues = 20;

/** The failure for an input that its schema refuses: the first issues, each with where it is and what is wrong there. */
export function invalidInput(issues: readonly { path?: readonly unknown[] | undefined; message: string }[]): Failure<'INVALID_INPUT'> {
	return failure('INVALID_INPUT', {
		issues: issues.slice(0, mostIssues).map(({ path, message }) => ({ path: dotted(path), message: message.slice(0, longestIssue) })),
	});
}

function dotted(path: readonly unknown[] | undefined): string {
	return (path ?? []).map((part) => String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part).slice(0, longestKey)).join('.');
}
