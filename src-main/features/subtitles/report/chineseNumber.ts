const digits: Readonly<Record<string, number>> = {
	...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const myriads: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** A run of characters that Chinese and Japanese numbers are written with. */
export const chineseNumerals = /[零〇一二两兩三四五六七八九十百千万萬亿億]+/g;

/**
 * What a run of Chinese numerals comes to: 一千二百 is 1200, 三万五 is 35000, 二〇一九 is 2019. `sure` where it can hardly be anything but a number:
 * 万一 and 千万 are words, 一 is mostly an article, 七八十 is no number to the digit.
 */
export function chineseNumber(run: string): { values: number[]; sure: boolean } {
	const characters = [...run];
	const hasUnit = characters.some((one) => one in units || one in myriads);
	if (!hasUnit) {
		const value = Number(characters.map((one) => digits[one] ?? 0).join(''));
		return { values: characters.length === 1 ? [value] : [value, ...characters.map((one) => digits[one] ?? 0)], sure: characters.length >= 3 };
	}
	const isVague = /[一二两兩三四五六七八九]{2}[十百千万萬亿億]|^[百千万萬亿億]/u.test(run);
	return { values: [sumOf(characters)], sure: characters.length >= 2 && !isVague };
}

function sumOf(characters: readonly string[]): number {
	let [total, section, digit, last] = [0, 0, 0, 1];
	for (const one of characters) {
		const unit = units[one];
		const myriad = myriads[one];
		if (unit !== undefined) {
			section += (digit || 1) * unit;
			[digit, last] = [0, unit];
		} else if (myriad !== undefined) {
			total = myriad === 1e8 ? (total + section + digit || 1) * myriad : total + (section + digit || 1) * myriad;
			[section, digit, last] = [0, 0, myriad];
		} else {
			digit = digits[one] ?? 0;
			// 一千零五 has no hundreds; 三万五 has thousands.
			if (digit === 0) last = 10;
		}
	}
	return total + section + digit * (last > 10 ? last / 10 : 1);
}
