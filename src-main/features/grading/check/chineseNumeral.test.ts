import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chineseNumeral } from './chineseNumeral.ts';

const digits = '零一二三四五六七八九';

/** Writes a number under ten thousand as it is read out. */
function section(value: number): string {
	const parts = [...String(value)].map((digit, i, all) =>
		digit === '0' ? '零' : `${digits.charAt(Number(digit))}${['', '十', '百', '千'][all.length - 1 - i]}`,
	);
	return parts
		.join('')
		.replace(/零+/gu, '零')
		.replace(/(?<=.)零$/u, '');
}

function write(value: number): string {
	const [large, small] = [Math.floor(value / 10_000), value % 10_000];
	if (large === 0) return section(small);
	return `${section(large)}万${small === 0 ? '' : `${small < 1000 ? '零' : ''}${section(small)}`}`;
}

test('every number under a hundred million is read as it is written', () => {
	fc.assert(
		fc.property(fc.nat({ max: 99_999_999 }), (value) => {
			expect(chineseNumeral(write(value))).toBe(value);
		}),
	);
});

test.each([
	['十四', 14],
	['两百零六', 206],
	['负三点一四', -3.14],
	['二〇二四', 2024],
	['一亿零五', 100_000_005],
	['百十', null],
	['十十', null],
	['三四百', null],
	['人', null],
	['', null],
])('%s is %s', (text, value) => {
	expect(chineseNumeral(text)).toBe(value);
});
