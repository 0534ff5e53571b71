import { expect, test } from 'vitest';
import { chineseNumber } from './chineseNumber.ts';
import { compareNumbers } from './compareNumbers.ts';
import { englishNumbers } from './englishNumbers.ts';

const same = { missing: [], added: [] };

test.for([
	['a thousand in figures, with and without a comma, and in Chinese', 'It cost 1,000 dollars.', '花了一千美元。', 'en', 'zh', same],
	['figures beside figures', 'It cost 1,000 dollars.', '花了1000美元。', 'en', 'zh', same],
	['another number', 'It cost 1,000 dollars.', '花了一万美元。', 'en', 'zh', { missing: ['1,000'], added: ['一万'] }],
	['a number that is gone', 'There are 15 of them.', '他们都在。', 'en', 'zh', { missing: ['15'], added: [] }],
	['scales', '1.5 million people', '150万人', 'en', 'zh', same],
	['a scale in words', 'ten thousand people', '1万人', 'en', 'zh', same],
	['two hundred and five', 'two hundred and five pages', '二百零五页', 'en', 'zh', same],
	['a written number that is gone', 'twenty-five years', '很多年', 'en', 'zh', { missing: ['twenty-five'], added: [] }],
	['words that only look like numbers', 'One second, just once.', '等一下，就一次，千万别动，万一呢。', 'en', 'zh', same],
	['a year', 'in 1984', '一九八四年', 'en', 'zh', same],
	['a year in words', 'in nineteen eighty-four', '在1984年', 'en', 'zh', same],
	['a decade', 'in the 1990s', '九十年代', 'en', 'zh', same],
	['a clock', 'at 3:30', '三点半', 'en', 'zh', same],
	['the afternoon', 'at 3 p.m.', '15点', 'en', 'zh', same],
	['full-width figures', 'Room 42', '４２号房', 'en', 'zh', same],
	['Arabic figures', 'Room 42', 'غرفة ٤٢', 'en', 'ar', same],
	['German separators', 'It costs 1,234.50.', 'Das kostet 1.234,50.', 'en', 'de', same],
	['French spaces', '10,000 men', '10\u202f000 hommes', 'en', 'fr', same],
	['small numbers written out in a language that is not read', 'He has 3 sons.', 'Il a trois fils.', 'en', 'fr', same],
	['large ones are missed there too', 'He has 300 sons.', 'Il a des fils.', 'en', 'fr', { missing: ['300'], added: [] }],
	['figures in a name, tags left out', '<font size="30">MP3</font>', 'MP3播放器', 'en', 'zh', same],
	['Chinese to English', '我等了三百二十天。', 'I waited for 320 days.', 'zh', 'en', same],
	['Chinese to English, wrong', '我等了三百二十天。', 'I waited for 302 days.', 'zh', 'en', { missing: ['三百二十'], added: ['302'] }],
	['an approximate number', '七八十个人', 'about 80 people', 'zh', 'en', same],
] as const)('numbers: %s', ([, source, target, from, to, found]) => {
	expect(compareNumbers(source, target, { source: from, target: to })).toEqual(found);
});

test('reads Chinese numerals', () => {
	const values = ['十', '十二', '二十', '一百零五', '一千二百', '一千零五', '三万五', '两千万', '一亿二千万', '二〇一九', '一千零一十'].map(
		(run) => chineseNumber(run).values[0],
	);
	expect(values).toEqual([10, 12, 20, 105, 1200, 1005, 35_000, 20_000_000, 120_000_000, 2019, 1010]);
});

test('reads numbers that English has written out', () => {
	const values = ['forty-two', 'three hundred', 'two thousand and six', 'one million two hundred thousand', 'twenty-first'].map(
		(text) => englishNumbers(text)[0]?.values[0],
	);
	expect(values).toEqual([42, 300, 2006, 1_200_000, 21]);
});
