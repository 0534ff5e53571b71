import { unseenParts } from '#contract/visibleText.ts';

/** A text without what takes no room, and where each of its characters stands in the text itself. */
export interface PlainParts {
	plain: string;
	/** For each UTF-16 unit of `plain` its place in the text. */
	places: number[];
}

/** Takes tags and placeholders of tags out of a text, so that it can be measured and broken. */
export function plainParts(text: string): PlainParts {
	const places: number[] = [];
	let plain = '';
	const take = (from: number, to: number) => {
		plain += text.slice(from, to);
		for (let at = from; at < to; at++) places.push(at);
	};
	let at = 0;
	for (const { 0: part, index } of text.matchAll(unseenParts)) {
		take(at, index);
		at = index + part.length;
	}
	take(at, text.length);
	return { plain, places };
}

/**
 * Cuts a text in two at a break of its plain text. Spaces at the break go; a tag that stands before them stays with the first part, as one that
 * closes does where there are none (`</i>`, or the second of a pair of placeholders).
 */
export function cutParts(text: string, { places }: PlainParts, point: { end: number; start: number }): [first: string, second: string] {
	const from = (places[point.end - 1] ?? -1) + 1;
	const to = places[point.start] ?? text.length;
	const between = [...text.slice(from, to).matchAll(new RegExp(`${unseenParts.source}|\\s+|[^]`, 'gi'))].map(([part]) => part);
	const space = between.findIndex((part) => part.trim() === '');
	const opening = between.findIndex((part) => !isClosing(part));
	const cut = space !== -1 ? space : opening === -1 ? between.length : opening;
	const seen = (parts: string[]) => parts.filter((part) => part.trim() !== '').join('');
	return [text.slice(0, from) + seen(between.slice(0, cut)), seen(between.slice(cut)) + text.slice(to)];
}

function isClosing(part: string): boolean {
	const number = /^⟦(\d+)⟧$/.exec(part)?.[1];
	return number === undefined ? /^<\/|0\}$/.test(part) : Number(number) % 2 === 0;
}
