/** Classic Macintosh numbers of languages that QuickTime files still hold (QuickTime File Format, "Language code values"). */
const macintosh: Record<number, string> = {
	0: 'en',
	1: 'fr',
	2: 'de',
	3: 'it',
	4: 'nl',
	5: 'sv',
	6: 'es',
	7: 'da',
	8: 'pt',
	9: 'no',
	10: 'he',
	11: 'ja',
	12: 'ar',
	13: 'fi',
	14: 'el',
	19: 'zh-Hant',
	23: 'ko',
	32: 'ru',
	33: 'zh-Hans',
};

/** The BCP 47 tag of a language that a film names by such a tag or by a code of ISO 639; null for what names none, such as `und`. */
export function languageTag(written: string): string | null {
	const cleaned = written.replaceAll('\0', '').trim();
	if (/^(und|mis|zxx|mul)?$/i.test(cleaned)) return null;
	try {
		return Intl.getCanonicalLocales(cleaned)[0] ?? null;
	} catch {
		return null;
	}
}

/** The same for the 16 bits of an MP4 file: three letters of 5 bits each, or a number of the classic Macintosh. */
export function packedLanguageTag(packed: number): string | null {
	if (packed < 0x400) return macintosh[packed] ?? null;
	return languageTag(String.fromCharCode(...[10, 5, 0].map((shift) => ((packed >> shift) & 31) + 0x60)));
}
