/** Addresses of the web and of mail, as they stand in running text; none looks further than the next space. */
const address = /\b(?:https?:\/\/|www\.)[^\s<>{}"“”«»，。、）】]{3,300}|\b[\w.+-]{1,64}@(?:[a-z\d-]{1,63}\.){1,5}[a-z]{2,24}\b/gi;

/** The addresses of a source that its translation has not, as they are written; case and a mark of punctuation behind them aside. */
export function lostAddresses(source: string, target: string): string[] {
	const there = target.toLowerCase();
	const found = Array.from(source.matchAll(address), ([text]) => text.replace(/[.,;:!?)\]'’…]+$/, ''));
	return [...new Set(found)].filter((text) => !there.includes(text.toLowerCase()));
}
