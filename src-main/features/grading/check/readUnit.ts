import { maths } from './maths.ts';

/** Words for units that mathjs does not know, or knows under another name. Chinese ones are looked for longest first. */
const names: Readonly<Record<string, string>> = {
	'metre metres meters': 'm',
	'kilometre kilometres kilometers kms': 'km',
	'centimetre centimetres centimeters cms': 'cm',
	'millimetre millimetres millimeters': 'mm',
	litres: 'L',
	'millilitre millilitres': 'mL',
	'kilograms kilo kilos kgs kilogramme kilogrammes': 'kg',
	'gm gms grammes gramme': 'g',
	'tonnes t tons': 'tonne',
	's seconds secs': 's',
	minutes: 'minute',
	hours: 'hour',
	days: 'day',
	'yr yrs years': 'year',
	newtons: 'N',
	joules: 'J',
	watts: 'W',
	volts: 'V',
	'amps amperes': 'A',
	ohms: 'ohm',
	pascals: 'Pa',
	'kmh kph': 'km/h',
	mph: 'mi/h',
	sqm: 'm^2',
	sqcm: 'cm^2',
	cc: 'cm^3',
	'degrees degree °': 'deg',
	'°C': 'degC',
	'°F': 'degF',
	'dollars $ usd USD': 'dollar',
	'euros € EUR': 'euro',
	'£ GBP': 'sterling',
	'¥ 元 人民币 RMB CNY 圆 块钱': 'yuan',
	美元: 'dollar',
	欧元: 'euro',
	英镑: 'sterling',
	'千米 公里': 'km',
	米: 'm',
	分米: 'dm',
	'厘米 公分': 'cm',
	毫米: 'mm',
	微米: 'um',
	纳米: 'nm',
	'平方千米 平方公里': 'km^2',
	平方米: 'm^2',
	平方分米: 'dm^2',
	平方厘米: 'cm^2',
	平方毫米: 'mm^2',
	立方米: 'm^3',
	立方分米: 'dm^3',
	立方厘米: 'cm^3',
	立方毫米: 'mm^3',
	公顷: 'hectare',
	'千克 公斤': 'kg',
	克: 'g',
	毫克: 'mg',
	吨: 'tonne',
	升: 'L',
	毫升: 'mL',
	毫秒: 'ms',
	'秒 秒钟': 's',
	分钟: 'minute',
	小时: 'hour',
	天: 'day',
	'星期 周': 'week',
	'焦耳 焦': 'J',
	千焦: 'kJ',
	'瓦 瓦特': 'W',
	千瓦: 'kW',
	千瓦时: 'kWh',
	'牛 牛顿': 'N',
	'帕 帕斯卡': 'Pa',
	千帕: 'kPa',
	'伏 伏特': 'V',
	'安 安培': 'A',
	'欧 欧姆': 'ohm',
	赫兹: 'Hz',
	摩尔: 'mol',
	摄氏度: 'degC',
	华氏度: 'degF',
	弧度: 'rad',
};
const byName = new Map(Object.entries(names).flatMap(([words, unit]) => words.split(' ').map((word) => [word, unit] as const)));
const chinese = [...byName.keys()].filter((name) => /\p{Script=Han}/u.test(name)).sort((a, b) => b.length - a.length);
const term = new RegExp(`(${chinese.join('|')}|°[CF]?|[$€£¥]|[a-zA-Z]+)(?:\\^?(-?[1-4])(?![\\d.,]))?`, 'uy');
const joint = /\s*([/*每])\s*|\s+per\s+|\s+|\.(?=[a-zA-Z])/uy;
/** Units in mathjs, and words in a sentence. */
const plainWords: ReadonlySet<string> = new Set([
	'in',
	'a',
	'as',
	'at',
	'am',
	'pm',
	'b',
	'B',
	'R',
	'e',
	'i',
	'so',
	'is',
	'to',
	'and',
	'total',
	'pi',
	'feet',
	'points',
	'point',
	'stick',
	'rod',
	'link',
	'chain',
	'poise',
	'slug',
	'grain',
	'hundredweight',
	'cup',
	'cups',
]);

type Factor = readonly [unit: string, power: number];

/** A unit in mathjs's words, and where it ends in the text it was read from. */
export interface ReadUnit {
	unit: string;
	end: number;
}

/** The unit that stands at a place of a text in plain signs (mathsText), in English, Chinese or signs; null where there is none. */
export function readUnit(text: string, at: number): ReadUnit | null {
	const first = readTerm(text, at);
	if (!first) return null;
	const factors = [...first.factors];
	let { end } = first;
	for (let i = 0; i < 5; i++) {
		joint.lastIndex = end;
		const between = joint.exec(text);
		const next = between && readTerm(text, joint.lastIndex);
		if (!between || !next) break;
		const sign = /[/每]|per/u.test(between[0]) ? -1 : 1;
		factors.push(...next.factors.map(([name, power]) => [name, power * sign] as const));
		end = next.end;
	}
	const unit = factors.map(([name, power]) => (power === 1 ? name : `${name}^${power}`)).join(' ');
	return isUnit(unit) ? { unit, end } : null;
}

/** The units that a name stands for, each with its power: `km/h` is km and h to the power of -1. */
function factorsOf(unit: string): Factor[] {
	return unit.split('/').map((part, i): Factor => {
		const [name = '', power = '1'] = part.split('^');
		return [name, Number(power) * (i === 0 ? 1 : -1)];
	});
}

function readTerm(text: string, at: number): { factors: readonly Factor[]; end: number } | null {
	const shaped = /(square|sq\.?|cubic|cu\.?)\s+/uy;
	shaped.lastIndex = at;
	const shape = shaped.exec(text);
	term.lastIndex = shape ? shaped.lastIndex : at;
	const found = term.exec(text);
	if (!found) return null;
	const [, word = '', exponent] = found;
	const end = term.lastIndex;
	const isLast = /^\s*(?:$|[.,;!?)\n])/u.test(text.slice(end, end + 10));
	if (plainWords.has(word) && !(word === 'in' && isLast)) return null;
	const unit = byName.get(word) ?? byName.get(word.toLowerCase()) ?? word;
	const power = shape ? (shape[1]?.startsWith('s') ? 2 : 3) : Number(exponent ?? 1);
	const factors = factorsOf(unit).map(([name, own]) => [name, own * power] as const);
	return factors.every(([name]) => isUnit(name)) ? { factors, end } : null;
}

function isUnit(unit: string): boolean {
	try {
		return maths.unit(unit).units.length > 0;
	} catch {
		return false;
	}
}
