/** Scripts by their names in the reader's language, as a list: `Arabic and Devanagari`. Codes are those of ISO 15924. */
export function namesOfScripts(scripts: readonly { script: string }[], reader: string): string {
	const names = new Intl.DisplayNames([reader], { type: 'script' });
	return new Intl.ListFormat(reader).format(scripts.map(({ script }) => names.of(script) ?? script));
}
