import { tellingLanguages, wordsOf } from './functionWords.ts';

/** More says no more. */
const sampleCharacters = 60_000;
const letter = /\p{L}/gu;
/** Scripts that whole texts are written in. Of Chinese characters one is about as much as two letters. */
const scripts = [
	...['Latn', 'Cyrl', 'Arab', 'Hani', 'Hira', 'Kana', 'Hang', 'Grek', 'Hebr', 'Thai', 'Deva', 'Beng', 'Taml', 'Telu', 'Knda', 'Mlym', 'Gujr', 'Guru'],
	...['Sinh', 'Khmr', 'Laoo', 'Mymr', 'Geor', 'Armn', 'Ethi', 'Mong', 'Tibt'],
].map((name) => ({ name, pattern: new RegExp(`\\p{Script=${name}}`, 'gu') }));

/** Common characters that one way of writing Chinese has and the other has not. */
const simplified = /[这们个来说时会对为过还没关发动样开经头给问题间车东见长马书学让谁从进听实现应该话请谢认识妈爱钱]/gu;
const traditional = /[這們個來說時會對為過還沒關發動樣開經頭給問題間車東見長馬書學讓誰從進聽實現應該話請謝認識媽愛錢]/gu;

/** At the least so many function words, one in so many words, and so much ahead of the next language. */
const least = { hits: 3, share: 0.06, lead: 1.15 };

/**
 * The language that a text is in, as a BCP 47 tag (`en`, `zh-Hant`); null where that cannot be told.
 *
 * By its script, and where several languages share that by how many of their function words it has (functionWords.ts). It wants some lines: of a
 * few words nothing is said. A text in several languages is in that of most of it.
 */
export function detectLanguage(text: string): string | null {
	const sample = text.slice(0, sampleCharacters);
	const counts = new Map(scripts.map(({ name, pattern }) => [name, sample.match(pattern)?.length ?? 0]));
	const of = (...names: string[]) => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
	const total = sample.match(letter)?.length ?? 0;
	if (total < 10) return null;
	const eastern = of('Hani', 'Hira', 'Kana', 'Hang');
	// Names and loan words of other scripts stand in all of these.
	if (2 * eastern > total - eastern) {
		if (of('Hang') > eastern * 0.3) return 'ko';
		return of('Hira', 'Kana') > eastern * 0.15 ? 'ja' : `zh-${chineseScript(sample) ?? 'Hans'}`;
	}
	const [main] = [...counts].sort((a, b) => b[1] - a[1]);
	if (!main || main[1] < total / 2) return null;
	// What CLDR names first for a script: of all but these there is one language, or one that most of it is in.
	return /^(?:Latn|Cyrl|Arab)$/.test(main[0]) ? byFunctionWords(sample) : new Intl.Locale(`und-${main[0]}`).maximize().language;
}

/** Which way of writing Chinese a text has more of; null where it has neither. Japanese has some characters of both. */
export function chineseScript(text: string): 'Hans' | 'Hant' | null {
	const [hans, hant] = [distinct(text, simplified), distinct(text, traditional)];
	if (hans === hant) return null;
	return hans > hant ? 'Hans' : 'Hant';
}

function distinct(text: string, pattern: RegExp): number {
	return new Set(text.match(pattern) ?? []).size;
}

function byFunctionWords(text: string): string | null {
	const words = wordsOf(text);
	const scores = new Map<string, { score: number; hits: number }>();
	for (const word of words) {
		const languages = tellingLanguages(word);
		for (const language of languages) {
			const before = scores.get(language) ?? { score: 0, hits: 0 };
			scores.set(language, { score: before.score + 1 / languages.length, hits: before.hits + 1 });
		}
	}
	const [best, next] = [...scores].sort((a, b) => b[1].score - a[1].score);
	if (!best || best[1].hits < Math.max(least.hits, words.length * least.share)) return null;
	return best[1].score >= (next?.[1].score ?? 0) * least.lead ? best[0] : null;
}
