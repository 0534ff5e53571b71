import type { Token } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { TokenText } from './TokenText.ts';

// A tokenizer of one byte a token, as models have for what is not in their vocabulary.
const model = { detokenize: (tokens: readonly Token[]) => new TextDecoder().decode(Uint8Array.from(tokens)) };
// A number stands for a token only here.
const tokensOf = (bytes: Iterable<number>) => [...bytes] as Token[];
const write = (bytes: Iterable<number>) => {
	const text = new TokenText(model, []);
	return [...tokensOf(bytes).map((token) => text.push(token)), text.rest()];
};

test('a character that comes in parts is shown when it is whole', () => {
	expect(write(new TextEncoder().encode('aé中😀'))).toEqual(['a', '', 'é', '', '', '中', '', '', '', '😀', '']);
});

test('bytes that are no character are shown as such and hold nothing up for long', () => {
	expect(write([0xff, 0x61]).join('')).toBe('\ufffda');
	expect(write([0xe4, 0xb8]).join('')).toBe('\ufffd');
	expect(write([0xff, 0xff, 0xff, 0xff, 0xff, 0x61]).slice(0, 4).join('')).not.toBe('');
});
