interface Option {
	letter: string;
	text: string;
}

/** Reads the options of a choice, one a line: a letter or number, then its text. A line without a letter goes on with the next letter. */
export function readOptions(typed: string): Option[] {
	const lines = typed.split('\n').filter((line) => line.trim() !== '');
	return lines.map((line, at) => {
		const [, letter, text = ''] = /^\s*[(（]?([\p{L}\p{N}]{1,2})(?:[.)、．）:：]\s*|\s+)(.*)$/u.exec(line) ?? [];
		return letter === undefined ? { letter: String.fromCharCode(65 + (at % 26)), text: line.trim() } : { letter, text: text.trim() };
	});
}

/** The options as they are typed. */
export function formatOptions(options: readonly Option[]): string {
	return options.map(({ letter, text }) => `${letter}. ${text}`).join('\n');
}

/** Reads the letters of the right options, however they are set apart: `A, C`, `A、C`, `AC`. */
export function readLetters(typed: string): string[] {
	const parts = typed
		.normalize('NFKC')
		.split(/[\s,;、/]+/)
		.filter((part) => part !== '');
	const letters = parts.length === 1 && /^[A-Z]{2,}$/.test(parts[0] ?? '') ? [...(parts[0] ?? '')] : parts;
	return [...new Set(letters)];
}
