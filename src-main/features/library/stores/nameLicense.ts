const known: readonly [RegExp, string][] = [
	[/apache license\s+version 2\.0/i, 'apache-2.0'],
	[/^\s*(the )?mit license|permission is hereby granted, free of charge/i, 'mit'],
	[/llama 3\.3 community license/i, 'llama3.3'],
	[/llama 3\.2 community license/i, 'llama3.2'],
	[/llama 3\.1 community license/i, 'llama3.1'],
	[/meta llama 3 community license/i, 'llama3'],
	[/llama 2 community license/i, 'llama2'],
	[/gemma terms of use/i, 'gemma'],
	[/bsd 3-clause/i, 'bsd-3-clause'],
];
const longestName = 100;

/** Names a licence by its text, by the short names that Hugging Face uses where it is a known one, else by its first line; null for an empty text. */
export function nameLicense(text: string): string | null {
	const beginning = text.slice(0, 4000);
	const found = known.find(([form]) => form.test(beginning))?.[1];
	if (found) return found;
	const firstLine = beginning
		.split('\n')
		.map((line) => line.trim())
		.find((line) => line !== '');
	return firstLine?.slice(0, longestName) ?? null;
}
