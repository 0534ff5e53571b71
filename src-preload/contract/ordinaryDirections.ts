const directed = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** What each opening mark is closed by: embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9, 2). */
const closing: Readonly<Record<string, string>> = {
	...{ '\u202a': '\u202c', '\u202b': '\u202c', '\u202d': '\u202c', '\u202e': '\u202c' },
	...{ '\u2066': '\u2069', '\u2067': '\u2069', '\u2068': '\u2069' },
};

/**
 * Where the marks of direction of a text stand that are as editors write them in Arabic and Hebrew: in a paragraph with such letters, the
 * marks of one place and the embeddings and isolates that are closed again. Overrides, which can turn words around, are none.
 */
export function ordinaryDirections(text: string): ReadonlySet<number> {
	const ordinary = new Set<number>();
	let start = 0;
	for (const paragraph of directed.test(text) ? text.split('\n') : []) {
		if (directed.test(paragraph)) addOrdinary(ordinary, paragraph, start);
		start += paragraph.length + 1;
	}
	return ordinary;
}

function addOrdinary(ordinary: Set<number>, paragraph: string, start: number): void {
	const open: { at: number; char: string }[] = [];
	for (const { 0: char, index } of paragraph.matchAll(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu)) {
		const at = start + index;
		if (/[\u200e\u200f\u061c]/u.test(char)) ordinary.add(at);
		else if (closing[char]) open.push({ at, char });
		else {
			const last = open.at(-1);
			if (!last || closing[last.char] !== char) continue;
			open.pop();
			if (!/[\u202d\u202e]/u.test(last.char)) ordinary.add(last.at).add(at);
		}
	}
}
