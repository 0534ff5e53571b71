/** The value of a header that came at most once: null when it did not come, and a value that equals nothing when it came twice. */
export function headerOnce(rawHeaders: readonly string[], name: string): string | null {
	let found: string | null = null;
	for (let at = 0; at < rawHeaders.length; at += 2) {
		if (rawHeaders[at]?.toLowerCase() !== name) continue;
		if (found !== null) return '\0doubled';
		found = rawHeaders[at + 1] ?? '';
	}
	return found;
}
