import type { Value } from '../middle.ts';
import { JsonTokenizer } from './JsonTokenizer.ts';
import { ValueBuilder } from './ValueBuilder.ts';

/**
 * Reads one JSON value: digits as written, entries in their order with their duplicates, strings with lone surrogates and NUL as they are.
 *
 * @throws FormatError with its offset
 */
export function readJson(text: string): Value {
	const tokenizer = new JsonTokenizer();
	const builder = new ValueBuilder();
	tokenizer.feed(text);
	tokenizer.end();
	let root: Value | undefined;
	for (let token = tokenizer.next(); token !== 'end'; token = tokenizer.next()) root = builder.take(token, tokenizer) ?? root;
	// The tokenizer says `end` after one whole value only.
	return root as Value;
}
