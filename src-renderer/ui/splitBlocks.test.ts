import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitBlocks } from './splitBlocks.ts';

test('cuts at blank lines between paragraphs, and nowhere inside a fence, a list or an indented part', () => {
	expect(splitBlocks('one\ntwo\n\nthree\n')).toEqual(['one\ntwo\n\n', 'three\n']);
	expect(splitBlocks('```js\na\n\nb\n```\n\nafter')).toEqual(['```js\na\n\nb\n```\n\n', 'after']);
	expect(splitBlocks('````\n```\n\nstill code\n````\n\nafter')).toEqual(['````\n```\n\nstill code\n````\n\n', 'after']);
	expect(splitBlocks('1. a\n\n2. b\n\n   more of b\n\nafter')).toEqual(['1. a\n\n2. b\n\n   more of b\n\n', 'after']);
	expect(splitBlocks('text\n\n~~~\nopen to the end\n\nlast')).toEqual(['text\n\n', '~~~\nopen to the end\n\nlast']);
});

test('gives the text back when its blocks are joined, and never an empty block', () => {
	const line = fc.oneof(fc.constantFrom('', '```', '~~~~', '- item', '1. item', '  indented', '# title', '`'), fc.string({ maxLength: 12 }));
	fc.assert(
		fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
			const text = lines.join('\n');
			const blocks = splitBlocks(text);
			expect(blocks.join('')).toBe(text);
			expect(blocks).not.toContain('');
		}),
	);
});

test('leaves the blocks before the last as they are while text is added after a blank line', () => {
	const text = 'one\n\n- a\n- b\n\n```\ncode\n\nmore\n```\n\nlast words';
	const whole = splitBlocks(text);
	for (let end = 1; end <= text.length; end++) {
		const settled = splitBlocks(text.slice(0, end)).slice(0, -1);
		expect(whole.slice(0, settled.length)).toEqual(settled);
	}
});
