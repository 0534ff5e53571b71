import { chineseNumeral } from './chineseNumeral.ts';
import { englishNumeral, englishNumerals } from './englishNumeral.ts';
import { evaluateMaths, type MathsValue, NoValueError } from './evaluateMaths.ts';
import { parseMaths } from './parseMaths.ts';
import { readUnit } from './readUnit.ts';

/** A number that stands in a text, with its unit. */
export interface Quantity {
	start: number;
	end: number;
	/** What it may say: as it is mostly read first. `1,500` may be one and a half. */
	readings: readonly [MathsValue, ...MathsValue[]];
	/** In mathjs's words; `%` for a percentage. */
	unit: string | null;
	/** A word comes after it that may be a unit, and is none that is known. */
	unknownWord: boolean;
	/** The significant figures it was written with, which are not plain in `1200`; null for a fraction or words. */
	figures: { least: number; most: number } | null;
	/** How many digits stand after its point; null where that says nothing. */
	decimals: number | null;
	/** It is a part of something to work out, as 2 is in `2+3`. */
	isOperand: boolean;
}

const numeral = String.raw`(?:\d{1,3}(?:[ \u00a0\u2009\u202f']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*|\.\d+)(?:[eE][-+]?\d{1,3}(?!\d))?`;
const root = String.raw`(?:(?:√|sqrt)\s*(?:\(\s*\d+(?:\.\d+)?\s*\)|\d+(?:\.\d+)?)|pi )`;
const forms = [
	String.raw`\d+\s+\d+\s*/\s*\d+`,
	String.raw`${numeral}\s*\*\s*10\s*\^\s*(?:\(\s*[-+]?\d{1,3}\s*\)|[-+]?\d{1,3})`,
	String.raw`10\s*\^\s*(?:\(\s*[-+]?\d{1,3}\s*\)|[-+]?\d{1,3})`,
	String.raw`(?:${numeral}\s*\*?\s*)?${root}(?:\s*/\s*\d+)?`,
	String.raw`${numeral}\s*/\s*${numeral}`,
	numeral,
];
const written = new RegExp(forms.join('|'), 'gu');
const chineseNumerals =
	/[负負]?(?:[零〇一二两兩三四五六七八九十百千万亿萬億]+(?:[点點][零〇一二三四五六七八九]+)?分之)?[零〇一二两兩三四五六七八九十百千万亿萬億]+(?:[点點][零〇一二三四五六七八九]+)?/gu;
const measureWord = /^\s*(?:$|[.,;!?)(\n%]|[个個只本人次名位条支元块天年月岁米千厘毫分公克秒小升平立吨牛焦瓦伏安欧帕度页朵棵张双件辆把倍箱盒袋瓶])/u;

/** All the numbers of a text in plain signs (mathsText), in the order in which they stand. Time grows with the length alone. */
export function findQuantities(text: string): Quantity[] {
	const found = [...[...text.matchAll(written)].flatMap((match) => ofDigits(text, match)), ...inWords(text)];
	let end = 0;
	// The 2 of `m^2` belongs to the number before it.
	return found
		.sort((a, b) => a.start - b.start)
		.filter((quantity) => {
			if (quantity.start < end) return false;
			end = quantity.end;
			return true;
		});
}

function ofDigits(text: string, match: RegExpMatchArray): Quantity[] {
	const at = match.index ?? 0;
	const [body] = match;
	if (/[\p{L}_]/u.test(text.charAt(at - 1)) && !/\p{Script=Han}/u.test(text.charAt(at - 1)) && !text.slice(0, at).endsWith('pi ')) return [];
	const sign = /(?:^|[^\w)\s.%])\s*(-)\s*$|(?:^|\s)(-)$|[(=:]\s*(-)\s*$/u.exec(text.slice(Math.max(0, at - 6), at)) ? '-' : '';
	const isNegative = sign === '-' || /(?:负|負|minus\s|negative\s)$/iu.test(text.slice(Math.max(0, at - 10), at));
	const start = sign ? text.lastIndexOf('-', at) : at;
	const end = at + body.trimEnd().length;
	const scaled = /^\s*(百万|千万|万|亿|千(?![克米瓦焦帕卡升伏牛])|hundred|thousand|million|billion)/u.exec(text.slice(end, end + 12));
	const scale = scaled
		? ({ 百万: 1e6, 千万: 1e7, 万: 1e4, 亿: 1e8, 千: 1e3, hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9 }[scaled[1] ?? ''] ?? 1)
		: 1;
	const { plains, isList } = readingsOf(body);
	const readings = plains.flatMap((plain) => evaluated(`${isNegative ? '-' : ''}(${plain})${scale === 1 ? '' : `*${scale}`}`));
	const [first, ...others] = readings;
	if (!first) return [];
	const before = text.charAt(start - 1);
	const hasSeveralDashes = sign === '-' && /-\s*-\s*$/u.test(text.slice(0, at));
	const prefix = /[$€£¥]\s*$/u.exec(text.slice(Math.max(0, start - 3), start));
	const tail = withUnit(text, end + (scaled?.[0].length ?? 0));
	const percent = /百分之\s*$/u.test(text.slice(Math.max(0, at - 5), at));
	const unit = percent ? '%' : (tail.unit ?? (prefix ? (readUnit(prefix[0].trim(), 0)?.unit ?? null) : null));
	const isOperand = isList || hasSeveralDashes || isBeside(text, before, start, tail.end) || isUndone(body, first);
	return [{ start, end: tail.end, readings: [first, ...others], ...tail.facts, unit, isOperand, ...writtenFigures(body) }];
}

/** Whether an operator, a letter or a part of a time stands beside it. */
function isBeside(text: string, before: string, start: number, end: number): boolean {
	const left = text.slice(Math.max(0, start - 4), start).trimEnd();
	const right = text.slice(end, end + 4);
	if (/[+*/^√:]$/u.test(left) && !/[^\d]:$|^:$/u.test(left.slice(-2))) return true;
	if (/[\w)]\s*-$|[a-zA-Z]\($/u.test(left) || before === '_') return true;
	return /^\s*[*/^√]|^\s*[+-]\s*(?:[\d(√]|[a-zA-Z]\b)|^:\d|^\(?[a-zA-Z_√(]/u.test(right) && !/^\s*-\s*-/u.test(right);
}

/** `28/2` is to be worked out, and `1/3` is a number. */
function isUndone(body: string, value: MathsValue): boolean {
	return /^\d+(?:[.,]\d+)?\s*\/\s*\d/u.test(body) && Number.isInteger(value.number) && !/\/\s*1$/u.test(body);
}

function withUnit(text: string, at: number) {
	const gap = /^\s*\(?\s*/u.exec(text.slice(at, at + 6))?.[0].length ?? 0;
	const percent = /^\s*(?:%|per ?cent\b)/u.exec(text.slice(at, at + 12))?.[0];
	if (percent) return { unit: '%', end: at + percent.length, facts: { unknownWord: false } };
	const read = readUnit(text, at + gap);
	if (read) return { unit: read.unit, end: read.end, facts: { unknownWord: false } };
	return { unit: null, end: at, facts: { unknownWord: /^\s?[\p{L}°]/u.test(text.slice(at, at + 3)) } };
}

/** The ways to read a number with commas, points and spaces, as arithmetic that parseMaths understands; the likeliest first. */
function readingsOf(body: string): { plains: string[]; isList: boolean } {
	const mixed = /^(\d+)\s+(\d+)\s*\/\s*(\d+)$/u.exec(body);
	if (mixed) return { plains: [`${mixed[1]}+${mixed[2]}/${mixed[3]}`], isList: false };
	const grouped = body.replace(/(?<=\d)[ \u00a0\u2009\u202f'](?=\d{3}(?!\d))/gu, '');
	const isGrouped = grouped !== body;
	const points = (grouped.match(/\./gu) ?? []).length;
	const commas = (grouped.match(/,/gu) ?? []).length;
	const readings: string[] = [];
	const thousands = /^\d{1,3}(?:,\d{3})+(?!\d)/u.test(grouped) || /^\d{1,2}(?:,\d{2})*,\d{3}(?!\d)/u.test(grouped);
	if (commas === 0 && points <= 1) readings.push(grouped);
	else if (commas > 0 && thousands && points <= 1) readings.push(grouped.replaceAll(',', ''));
	else if (points > 1 && commas <= 1) readings.push(grouped.replaceAll('.', '').replace(',', '.'));
	else if (commas === 1 && points === 0) readings.push(grouped.replace(',', '.'));
	else if (commas === 1 && grouped.indexOf('.') < grouped.indexOf(',')) readings.push(grouped.replaceAll('.', '').replace(',', '.'));
	if (commas === 1 && points === 0 && thousands) readings.push(grouped.replace(',', '.'));
	if (points === 1 && commas === 0 && /^\d{1,3}\.\d{3}(?!\d)/u.test(grouped)) readings.push(grouped.replace('.', ''));
	const isList = readings.length === 0;
	// They may be two or more numbers after all.
	if (commas > 0) readings.push(...grouped.split(',').slice(0, 10));
	if (isGrouped) readings.push(...body.split(/[ \u00a0\u2009\u202f']/u).slice(0, 10));
	return { plains: readings, isList };
}

function evaluated(plain: string): MathsValue[] {
	const tree = parseMaths(plain);
	if (!tree) return [];
	try {
		return [evaluateMaths(tree)];
	} catch (error) {
		if (error instanceof NoValueError) return [];
		throw error;
	}
}

/** How precisely a number is written. */
function writtenFigures(body: string): Pick<Quantity, 'figures' | 'decimals'> {
	const [mantissa = ''] = body.split(/[eE*√/^]|pi/u);
	if (/[√/]|pi|sqrt/u.test(body) || body.startsWith('10^')) return { figures: null, decimals: null };
	const plain = mantissa
		.trim()
		.replace(/[ \u00a0\u2009\u202f']/gu, '')
		.replace(/,(?=\d{3}(?!\d))/gu, '')
		.replace(',', '.');
	const [whole = '', fraction] = plain.split('.');
	const digits = `${whole}${fraction ?? ''}`.replace(/^0+/u, '');
	const most = Math.max(1, digits.length);
	const least = fraction === undefined ? Math.max(1, digits.replace(/0+$/u, '').length) : most;
	return { figures: { least, most }, decimals: /[eE*]/u.test(body) ? null : (fraction?.length ?? 0) };
}

function inWords(text: string): Quantity[] {
	const english = [...text.matchAll(englishNumerals)].flatMap((match) => {
		const value = match[0].toLowerCase() === 'one' ? null : englishNumeral(match[0]);
		return value === null ? [] : [word(text, match.index, match[0].length, value)];
	});
	const chinese = [...text.matchAll(chineseNumerals)].flatMap((match) => {
		const end = match.index + match[0].length;
		const isPercent = /百分之/u.test(match[0]);
		const [over, under] = match[0].includes('分之') ? [match[0].split('分之')[1] ?? '', match[0].split('分之')[0] ?? ''] : [match[0], null];
		const isFree =
			measureWord.test(text.slice(end, end + 3)) &&
			/(?:^|[\s=:;,.(]|是|为|于|得|到|答案|答|约|共|有)$/u.test(text.slice(Math.max(0, match.index - 3), match.index));
		const divisor = under === null ? 1 : isPercent ? 100 : chineseNumeral(under);
		const value = chineseNumeral(over);
		return isFree && value !== null && divisor ? [word(text, match.index, match[0].length, value / divisor)] : [];
	});
	return [...english, ...chinese];
}

function word(text: string, start: number, length: number, value: number): Quantity {
	const tail = withUnit(text, start + length);
	const [reading] = evaluated(String(value));
	return {
		start,
		end: tail.end,
		readings: [reading ?? { number: value, exact: null }],
		unit: tail.unit,
		...tail.facts,
		figures: null,
		decimals: null,
		isOperand:
			isBeside(text, text.charAt(start - 1), start, tail.end) ||
			/^\s+(?:times|plus|minus|of)\b|^(?:乘|加|减|除)/u.test(text.slice(start + length, start + length + 8)),
	};
}
