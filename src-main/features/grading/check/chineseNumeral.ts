const digits = '零一二三四五六七八九';
const small: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const large: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/** What a number in Chinese characters says (`十四`, `负三点五`, `两百零六`, `二〇二四`); null for what is none. */
export function chineseNumeral(text: string): number | null {
	const plain = text
		.replace(/[兩两]/gu, '二')
		.replace(/〇/gu, '零')
		.replace(/萬/gu, '万')
		.replace(/億/gu, '亿')
		.replace(/點/gu, '点')
		.replace(/負/gu, '负');
	if (!/^负?[零一二三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?$/u.test(plain) || plain.length > 30) return null;
	const isNegative = plain.startsWith('负');
	const [whole = '', fraction = ''] = plain.replace('负', '').split('点');
	const value = /[十百千万亿]/u.test(whole) ? grouped(whole) : Number(spelled(whole));
	if (value === null) return null;
	return (isNegative ? -1 : 1) * Number(`${value}.${spelled(fraction) || '0'}`);
}

function spelled(text: string): string {
	return [...text].map((char) => digits.indexOf(char)).join('');
}

/** Sections of 亿 and 万, each under the one before it. */
function grouped(text: string): number | null {
	let [total, rest, last] = [0, text, Number.POSITIVE_INFINITY];
	for (const [name, size] of Object.entries(large).reverse()) {
		const at = rest.lastIndexOf(name);
		if (at < 0) continue;
		const section = size === 1e8 && rest.slice(0, at).includes('万') ? grouped(rest.slice(0, at)) : underTenThousand(rest.slice(0, at));
		if (section === null || section === 0 || size >= last) return null;
		total += section * size;
		last = size;
		rest = rest.slice(at + 1);
	}
	const end = rest === '' ? 0 : underTenThousand(rest);
	return end === null ? null : total + end;
}

function underTenThousand(text: string): number | null {
	let [total, digit, last] = [0, -1, Number.POSITIVE_INFINITY];
	for (const char of text) {
		const size = small[char];
		if (size === undefined) {
			// Only a zero stands before another digit: 一百零五.
			if (digit > 0 || digits.indexOf(char) < 0) return null;
			digit = digits.indexOf(char);
		} else {
			if (size >= last || digit === 0 || (digit < 0 && size !== 10)) return null;
			total += (digit < 0 ? 1 : digit) * size;
			last = size;
			digit = -1;
		}
	}
	return total + Math.max(digit, 0);
}
