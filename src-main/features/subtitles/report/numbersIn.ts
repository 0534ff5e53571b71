import { visibleText } from '#contract/visibleText.ts';
import { chineseNumber, chineseNumerals } from './chineseNumber.ts';
import { englishNumbers } from './englishNumbers.ts';

/** A number in a text: as it is written, and everything that it may mean: `1,000` is a thousand, or in German one. */
export interface NumberInText {
	text: string;
	values: number[];
	/** Whether it can hardly be meant otherwise. */
	sure: boolean;
}

/** Where the digits of each script begin; those of one stand in a row. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50, 0x0ed0, 0x1040, 0x17e0, 0xff10];
const token = /\d+(?:[.,'’\u00a0\u202f]\d+)*/g;
const scales: Readonly<Record<string, number>> = {
	...{
		hundred: 100,
		thousand: 1e3,
		k: 1e3,
		million: 1e6,
		billion: 1e9,
		trillion: 1e12,
		百: 100,
		千: 1e3,
		万: 1e4,
		萬: 1e4,
		百万: 1e6,
		千万: 1e7,
		亿: 1e8,
		億: 1e8,
	},
};

/** Languages whose written-out numbers are read. */
export const readsWords = /^(?:en|zh|yue|ja)\b/i;

/** Every number in a text, in figures and, in English, Chinese and Japanese, in words. */
export function numbersIn(text: string, language: string): NumberInText[] {
	const plain = visibleText(text).replace(/\p{Nd}/gu, asciiDigit);
	const figures = Array.from(plain.matchAll(token), ({ 0: found, index }) => figure(found, plain.slice(index + found.length, index + found.length + 16)));
	if (/^en\b/i.test(language)) return [...figures, ...englishNumbers(plain)];
	if (!readsWords.test(language)) return figures;
	const written = Array.from(plain.matchAll(chineseNumerals), ({ 0: found, index }) => {
		// The scale of a figure before it: 150万.
		if (/\d$/.test(plain.slice(Math.max(0, index - 1), index))) return null;
		return { text: found, ...chineseNumber(found) };
	});
	const halves = Array.from(plain.matchAll(/[点點时時]半/gu), ({ 0: found }) => ({ text: found, values: [30], sure: false }));
	return [...figures, ...written.filter((one) => one !== null), ...halves];
}

function figure(text: string, after: string): NumberInText {
	const plain = readingsOf(text);
	const scale = scales[/^\s*(hundred|thousand|k\b|million|billion|trillion|百万|千万|[百千万萬亿億])/iu.exec(after)?.[1]?.toLowerCase() ?? ''];
	const scaled = scale === undefined ? [] : plain.map((value) => Math.round(value * scale));
	const afternoon = /^[:.]?\d*\s*p\.?m/i.test(after) ? plain.map((value) => value + 12) : [];
	// The nineties, '98.
	const decade = plain.flatMap((value) => (value >= 1900 && value < 2100 ? [value % 100] : []));
	return { text, values: [...plain, ...scaled, ...afternoon, ...decade], sure: true };
}

function readingsOf(text: string): number[] {
	const parts = text.split(/[.,'’\u00a0\u202f]/);
	const joined = Number(parts.join(''));
	if (parts.length === 1) return [joined];
	const isGrouped = parts.slice(1).every((part) => part.length === 3) && (parts[0]?.length ?? 0) <= 3;
	const last = parts.at(-1) ?? '';
	const decimal = Number(`${parts.slice(0, -1).join('')}.${last}`);
	if (parts.length === 2) return isGrouped ? [joined, decimal] : [decimal];
	return isGrouped ? [joined] : [decimal, ...parts.map(Number)];
}

function asciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	const zero = zeros.find((first) => code >= first && code < first + 10);
	return zero === undefined ? digit : String(code - zero);
}
