/** Shows a stop string on one line: line ends and tabs as `\n`, `\r` and `\t`, a backslash doubled. */
export function showStopString(stop: string): string {
	return stop.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

const meanings: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

/** Reads a stop string as it was typed, the reverse of `showStopString`; a backslash before anything else stands for itself. */
export function readStopString(typed: string): string {
	return typed.replace(/\\([nrt\\])/g, (_whole, letter: string) => meanings[letter] ?? letter);
}
