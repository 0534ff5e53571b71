import { type Failure, failure } from '#contract/errors.ts';

/** A caller can make the keys that an issue names as long as it likes. */
const longestIssue = 300;
const longestKey = 100;
const mostIssues = 20;

interface Issue {
	path?: readonly unknown[] | undefined;
	message: string;
}

/** The failure for an input that its schema refuses: the first issues, each with where it is and what is wrong there. */
export function invalidInput(issues: readonly Issue[]): Failure<'INVALID_INPUT'> {
	return failure('INVALID_INPUT', {
		issues: issues
			.flatMap(ofEachKey)
			.slice(0, mostIssues)
			.map(({ path, message }) => ({ path: dotted(path), message: message.slice(0, longestIssue) })),
	});
}

/** Fields that a schema does not know are told together, as if something were wrong with what they are in: here each is told at its own place. */
function ofEachKey(issue: Issue): Issue[] {
	const keys = 'keys' in issue && 'code' in issue && issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys.slice(0, mostIssues) : null;
	return keys?.map((key: unknown) => ({ path: [...(issue.path ?? []), key], message: 'There is no such field.' })) ?? [issue];
}

function dotted(path: readonly unknown[] | undefined): string {
	return (path ?? []).map((part) => String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part).slice(0, longestKey)).join('.');
}
