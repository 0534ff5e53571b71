/** The languages that subtitles can be in: by the name that the model is told, and the tag by which the reader's own name for it is found. */
export const subtitleLanguages: Readonly<Record<string, string>> = {
	English: 'en',
	'Simplified Chinese': 'zh-Hans',
	'Traditional Chinese': 'zh-Hant',
	Arabic: 'ar',
	Dutch: 'nl',
	French: 'fr',
	German: 'de',
	Hindi: 'hi',
	Indonesian: 'id',
	Italian: 'it',
	Japanese: 'ja',
	Korean: 'ko',
	Polish: 'pl',
	Portuguese: 'pt',
	Russian: 'ru',
	Spanish: 'es',
	Swedish: 'sv',
	Thai: 'th',
	Turkish: 'tr',
	Ukrainian: 'uk',
	Vietnamese: 'vi',
};

/** What the reader calls a language, where that is known. */
export function languageWord(language: string, spoken: string): string {
	return tagWord(subtitleLanguages[language] ?? 'und', spoken) ?? language;
}

/** What the reader calls the language of a tag. */
export function tagWord(tag: string, spoken: string): string | undefined {
	return new Intl.DisplayNames(spoken, { type: 'language', languageDisplay: 'standard' }).of(tag);
}
