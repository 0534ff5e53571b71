/** Tells whether a call failed because what it named is not there any more. */
export function isGone(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'NOT_FOUND';
}
