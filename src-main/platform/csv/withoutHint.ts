/** Spreadsheets write and obey a first line `sep=;` that is no row of the table. */
export function withoutHint(text: string): { text: string; hint: string | undefined } {
	const found = /^sep=([^\r\n])(\r\n|\n|\r)/i.exec(text);
	return found ? { text: text.slice(found[0].length), hint: found[1] } : { text, hint: undefined };
}
