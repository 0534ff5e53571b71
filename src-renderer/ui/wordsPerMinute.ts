/** What a token is of, on average: of English three quarters of a word (OpenAI's and Meta's rule of thumb), of Chinese one and a half characters (Qwen's). */
const partsPerToken = { en: 0.75, zh: 1.5 };

/** About how many words, of Chinese characters, tokens a second are in a minute: to two figures, as more cannot be told. */
export function wordsPerMinute(tokensPerSecond: number, language: string): number {
	const parts = language.startsWith('zh') ? partsPerToken.zh : partsPerToken.en;
	return Number((tokensPerSecond * parts * 60).toPrecision(2));
}
