/** Languages that are written in several scripts, each as usual as the one that CLDR names first (ISO 15924). */
const several: Readonly<Record<string, readonly string[]>> = {
	...{ sr: ['Cyrl', 'Latn'], bs: ['Latn', 'Cyrl'], uz: ['Latn', 'Cyrl'], az: ['Latn', 'Cyrl', 'Arab'], kk: ['Cyrl', 'Latn', 'Arab'] },
	...{ mn: ['Cyrl', 'Mong'], pa: ['Guru', 'Arab'], ku: ['Latn', 'Arab'], ms: ['Latn', 'Arab'], tg: ['Cyrl', 'Arab'], ug: ['Arab', 'Latn'] },
};
/** What ISO 15924 has one code for, and Unicode several scripts. */
const mixed: Readonly<Record<string, readonly string[]>> = {
	...{ Jpan: ['Hani', 'Hira', 'Kana'], Kore: ['Hang', 'Hani'], Hans: ['Hani', 'Bopo'], Hant: ['Hani', 'Bopo'] },
};

/** The scripts that a language is written in, as Unicode has them (`Latn`, `Hani`); null where that is not known. A script that its tag names is the only one. */
export function scriptsOf(language: string): readonly string[] | null {
	const locale = localeOf(language);
	if (!locale || /^und\b/i.test(language)) return null;
	const script = locale.script ?? locale.maximize().script;
	if (script === undefined) return null;
	return mixed[script] ?? (locale.script === undefined ? several[locale.language] : undefined) ?? [script];
}

/** Whether Chinese is meant in its simplified or its traditional characters; null for other languages. */
export function chineseScriptOf(language: string): 'Hans' | 'Hant' | null {
	const locale = localeOf(language)?.maximize();
	return locale?.language !== undefined && /^(?:zh|yue)$/.test(locale.language) && (locale.script === 'Hans' || locale.script === 'Hant')
		? locale.script
		: null;
}

/** A language without its region and script: `pt` of `pt-BR`. */
export function primaryLanguage(language: string): string {
	return language.toLowerCase().split(/[-_]/)[0] ?? '';
}

function localeOf(language: string): Intl.Locale | null {
	try {
		return new Intl.Locale(language);
	} catch {
		// A tag that a file made up.
		return null;
	}
}
