import { JsonTokenizer } from '../../../platform/formats/json/JsonTokenizer.ts';

/** One item, such as a conversation, has at most so many characters: with it memory stays bounded, however long the list. */
const longestItem = 2 ** 26;

/** What stands in a source of JSON: the items of its outermost list one by one, or the one value that it is. */
export type JsonItem = { kind: 'item'; value: unknown } | { kind: 'tooLarge' };

/**
 * Reads JSON of any length in pieces. An item that is too large is told and ends the reading, since what follows it cannot be told from it.
 *
 * @throws FormatError at the first character that is not JSON; what the pieces throw.
 */
export async function* jsonItems(pieces: AsyncIterable<string>): AsyncGenerator<JsonItem> {
	const tokenizer = new JsonTokenizer();
	/** What has been read of the source from `base` on, no more than the item at hand. */
	let [text, base] = ['', 0];
	let isList: boolean | null = null;
	let begin = 0;
	const take = (): unknown[] => {
		const items: unknown[] = [];
		for (let token = tokenizer.next(); token !== 'more' && token !== 'end'; token = tokenizer.next()) {
			isList ??= token === 'beginArray';
			const outermost = isList ? 1 : 0;
			const isOpening = token === 'beginObject' || token === 'beginArray';
			// After an opening it is one deeper, after a closing one less.
			if (isOpening && tokenizer.depth === outermost + 1) begin = tokenizer.at;
			const isClosing = token === 'endObject' || token === 'endArray';
			if (isClosing && tokenizer.depth === outermost) {
				items.push(JSON.parse(text.slice(begin - base, tokenizer.at + 1 - base)));
				begin = tokenizer.at + 1;
			}
		}
		return items;
	};
	for await (const piece of pieces) {
		tokenizer.feed(piece);
		text += piece;
		for (const value of take()) yield { kind: 'item', value };
		// Between items nothing is worth keeping.
		const keep = tokenizer.depth > (isList ? 1 : 0) ? begin : base + text.length;
		text = text.slice(keep - base);
		base = keep;
		if (text.length <= longestItem) continue;
		yield { kind: 'tooLarge' };
		return;
	}
	tokenizer.end();
	for (const value of take()) yield { kind: 'item', value };
}
