import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingTags, putTagsBack } from './missingTags.ts';

test('tags that stand about the words of the source stand about those of the translation', () => {
	expect(putTagsBack('{\\pos(960,100)}STOP here', '停在这里', ['{\\pos(960,100)}'])).toBe('{\\pos(960,100)}停在这里');
	expect(putTagsBack('{\\an8}<i>Are you coming?</i>', '你来吗？', ['{\\an8}', '<i>', '</i>'])).toBe('{\\an8}<i>你来吗？</i>');
	expect(putTagsBack('<i>Are you coming?</i>', '<i>Kommst du?', ['</i>'])).toBe('<i>Kommst du?</i>');
});

test('a tag between words goes as far into the translation, to a gap between words, and never before the one it closes', () => {
	expect(putTagsBack('She said <i>never</i> to him', 'Sie sagte nie zu ihm', ['<i>', '</i>'])).toBe('Sie sagte <i>nie</i> zu ihm');
	expect(putTagsBack('A <i>b</i> c', 'Lang ist es, <i>b', ['</i>'])).toBe('Lang ist es, <i>b</i>');
});

test('what is there as often as in the source is not missing', () => {
	expect(missingTags('<i>a</i> <i>b</i>', '<i>a</i>', ['<i>', '</i>', '<b>'])).toEqual(['<i>', '</i>']);
	expect(missingTags('{\\an8}a', '{\\an8}b', ['{\\an8}'])).toEqual([]);
});

test('whatever the texts, no tag is missing afterwards and no letter of the translation is other', () => {
	const piece = fc.constantFrom('<i>', '</i>', '{\\an8}', 'word ', '字', '\n', '😀');
	const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(text, text, (source, target) => {
			const tags = ['<i>', '</i>', '{\\an8}'];
			const back = putTagsBack(source, target, tags);
			expect(missingTags(source, back, tags)).toEqual([]);
			const words = (from: string) => tags.reduce((left, tag) => left.replaceAll(tag, ''), from);
			expect(words(back)).toBe(words(target));
			expect(back.isWellFormed()).toBe(true);
		}),
	);
});
