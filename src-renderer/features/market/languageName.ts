/** The name of a language in the reader's own, by its code; what is no code stays as it is. */
export function languageName(code: string, reader: string): string {
	try {
		return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code;
	} catch {
		// Sources write what they like in the place of a code.
		return code;
	}
}

const mostNamed = 4;

/** The languages of a model in a few words: the first ones by name, and how many more there are. */
export function nameLanguages(codes: readonly string[], reader: string): { named: string; more: number } {
	const shown = codes.length <= mostNamed + 1 ? codes : codes.slice(0, mostNamed);
	const names = shown.map((code) => languageName(code, reader));
	return { named: names.join(reader === 'zh' ? '、' : ', '), more: codes.length - shown.length };
}
