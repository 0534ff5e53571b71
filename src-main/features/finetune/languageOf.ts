/** How file names and headings call languages: by their codes of two and three letters, in English, and by their own names. */
const names: Record<string, readonly string[]> = {
	en: ['eng', 'english', '英文', '英语'],
	zh: ['zho', 'chi', 'chs', 'cht', 'sc', 'tc', 'zh-cn', 'zh-tw', 'zh-hans', 'zh-hant', 'chinese', '中文', '汉语', '简体', '繁体', '简体中文', '繁體中文'],
	ja: ['jpn', 'jp', 'japanese', '日本語', '日文', '日语'],
	ko: ['kor', 'korean', '한국어', '韩文', '韩语'],
	fr: ['fra', 'fre', 'french', 'français'],
	de: ['deu', 'ger', 'german', 'deutsch'],
	es: ['spa', 'spanish', 'español', 'castellano'],
	pt: ['por', 'pt-br', 'portuguese', 'português'],
	it: ['ita', 'italian', 'italiano'],
	nl: ['nld', 'dut', 'dutch', 'nederlands'],
	ru: ['rus', 'russian', 'русский'],
	uk: ['ukr', 'ukrainian', 'українська'],
	pl: ['pol', 'polish', 'polski'],
	cs: ['ces', 'cze', 'czech', 'čeština'],
	sv: ['swe', 'swedish', 'svenska'],
	da: ['dan', 'danish', 'dansk'],
	nb: ['nob', 'nor', 'no', 'norwegian', 'norsk'],
	fi: ['fin', 'finnish', 'suomi'],
	hu: ['hun', 'hungarian', 'magyar'],
	ro: ['ron', 'rum', 'romanian', 'română'],
	el: ['ell', 'gre', 'greek', 'ελληνικά'],
	tr: ['tur', 'turkish', 'türkçe'],
	ar: ['ara', 'arabic', 'العربية'],
	he: ['heb', 'hebrew', 'עברית'],
	hi: ['hin', 'hindi', 'हिन्दी'],
	vi: ['vie', 'vietnamese', 'tiếng việt'],
	th: ['tha', 'thai', 'ไทย'],
	id: ['ind', 'indonesian', 'bahasa indonesia'],
};

const byName = new Map(Object.entries(names).flatMap(([code, others]) => [code, ...others].map((name) => [name, code] as const)));

/** The language that a word names, as its code of two letters; null where it names none that is known. */
export function languageOf(word: string): string | null {
	const plain = word.trim().toLowerCase().replaceAll('_', '-').normalize('NFC');
	return byName.get(plain) ?? byName.get(plain.replace(/-[a-z]{2,4}$/, '')) ?? null;
}
