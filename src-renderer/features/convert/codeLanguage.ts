import { LanguageSupport, StreamLanguage } from '@codemirror/language';
import type { FormatName } from '#contract/convertOrder.ts';

/** The highlighting and folding of a format, fetched when it is first shown; of a table, or of what is not known, there is none. */
export async function codeLanguage(format: FormatName | null): Promise<LanguageSupport | null> {
	switch (format) {
		case 'json':
		case 'jsonl':
			return (await import('@codemirror/lang-json')).json();
		case 'yaml':
			return (await import('@codemirror/lang-yaml')).yaml();
		case 'xml':
			return (await import('@codemirror/lang-xml')).xml();
		case 'toml':
			return new LanguageSupport(StreamLanguage.define((await import('@codemirror/legacy-modes/mode/toml')).toml));
		default:
			return null;
	}
}
