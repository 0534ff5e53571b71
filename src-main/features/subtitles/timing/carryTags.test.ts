import { expect, test } from 'vitest';
import { carryTags } from './carryTags.ts';

test.each([
	['an element', ['<i>Good', 'morning</i> Ann'], ['<i>Good</i>', '<i>morning</i> Ann']],
	['elements within one another', ['<b><i>Go', 'on</i></b>'], ['<b><i>Go</i></b>', '<b><i>on</i></b>']],
	['a voice that never ends', ['<v Ann>Good', 'morning'], ['<v Ann>Good', '<v Ann>morning']],
	['what had ended', ['<i>Good</i>', 'morning'], ['<i>Good</i>', 'morning']],
	['what begins in the second', ['Good', '<i>morning</i>'], ['Good', '<i>morning</i>']],
	['styles and place of ASS', ['{\\pos(10,20)\\i1}Good', 'morning{\\i0}'], ['{\\pos(10,20)\\i1}Good', '{\\pos(10,20)\\i1}morning{\\i0}']],
	['what was set and taken back', ['{\\i1}Good{\\i0}', 'morning'], ['{\\i1}Good{\\i0}', 'morning']],
	['a reset', ['{\\an8\\i1\\fs20}Good{\\r}', 'morning'], ['{\\an8\\i1\\fs20}Good{\\r}', '{\\an8}morning']],
	['karaoke and what moves', ['{\\k20\\t(0,9,\\fs40)\\fad(1,2)}Good', 'morning'], ['{\\k20\\t(0,9,\\fs40)\\fad(1,2)}Good', 'morning']],
	['a part without text', ['<i>Good</i>', ''], ['<i>Good</i>', '']],
] as const)('%s is carried over a cut as it holds', (_name, parts, carried) => {
	expect(carryTags(parts)).toEqual(carried);
});
