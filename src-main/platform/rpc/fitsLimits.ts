const deepest = 64;
const mostValues = 1_000_000;

/**
 * Tells whether a JSON text is shaped like something a page sends, before it is parsed: at most 64 levels deep, at most a million
 * values. It reads every character once and never throws, so that a hostile text costs no more memory than it came with.
 *
 * It does not tell whether the text is JSON at all; parsing does.
 */
export function fitsLimits(json: string): boolean {
	let depth = 0;
	let values = 0;
	let inString = false;
	for (let at = 0; at < json.length; at++) {
		const code = json.charCodeAt(at);
		if (inString) {
			if (code === 0x5c) at++;
			else if (code === 0x22) inString = false;
		} else if (code === 0x22) inString = true;
		else if (code === 0x5b || code === 0x7b) {
			if (++depth > deepest || ++values > mostValues) return false;
		} else if (code === 0x5d || code === 0x7d) depth--;
		else if (code === 0x2c && ++values > mostValues) return false;
	}
	return true;
}
