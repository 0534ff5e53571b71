/** The languages that are offered, as BCP 47 tags: those that subtitles are most often in. A file's own is offered beside them. */
export const languages = [
	...['en', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'es', 'es-419', 'pt-BR', 'pt-PT', 'fr', 'de', 'it', 'nl', 'pl', 'cs', 'hu', 'ro', 'bg', 'el', 'ru', 'uk'],
	...['sv', 'da', 'nb', 'fi', 'tr', 'ar', 'he', 'fa', 'hi', 'bn', 'th', 'vi', 'id', 'ms', 'tl'],
] as const;

/** What files call a language by another tag than is offered. */
const otherNames: Readonly<Record<string, string>> = {
	...{ zh: 'zh-Hans', chs: 'zh-Hans', cht: 'zh-Hant', 'zh-cn': 'zh-Hans', 'zh-tw': 'zh-Hant', 'zh-hk': 'zh-Hant', pt: 'pt-BR', no: 'nb' },
	...{
		eng: 'en',
		chi: 'zh-Hans',
		zho: 'zh-Hans',
		jpn: 'ja',
		kor: 'ko',
		spa: 'es',
		fre: 'fr',
		fra: 'fr',
		ger: 'de',
		deu: 'de',
		ita: 'it',
		rus: 'ru',
		por: 'pt-BR',
	},
};

/** The language that a name such as `film.en.srt` or `film.zh-TW.srt` tells before its ending; null where it tells none. */
export function languageOfFileName(fileName: string): string | null {
	const told = /[._ -]([a-z]{2,3}(?:-[a-z0-9]{2,4})?)\.[a-z0-9]{2,5}$/i.exec(fileName)?.[1]?.toLowerCase();
	if (told === undefined) return null;
	return languages.find((tag) => tag.toLowerCase() === told) ?? otherNames[told] ?? null;
}

/**
 * The language that a file is most likely in: what its cues are found to be in, as its name spells that where it tells the same more exactly
 * (`film.es-419.srt`), or where nothing is found what its name tells.
 */
export function likelySource(fileName: string, found: string | null): string | null {
	const told = languageOfFileName(fileName);
	if (found === null) return told;
	const isSame = told !== null && told.split('-')[0] === found.split('-')[0];
	// How Chinese is written is seen in the characters.
	return isSame && !found.startsWith('zh') ? told : (otherNames[found] ?? found);
}

/** What is most likely translated into: the reader's own language, or where the film is in that one, the other one of Homeroom's. */
export function likelyTarget(reader: string, source: string | null): string {
	const [own, other] = reader === 'zh' ? ['zh-Hans', 'en'] : ['en', 'zh-Hans'];
	return source?.split('-')[0] === own.split('-')[0] ? other : own;
}

/** A language in the words of the reader's own. */
export function nameLanguage(tag: string, reader: string): string {
	return new Intl.DisplayNames([reader === 'zh' ? 'zh-Hans' : reader], { type: 'language' }).of(tag) ?? tag;
}
