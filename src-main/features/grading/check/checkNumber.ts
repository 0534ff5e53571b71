import type { AnswerCheck, CheckResult } from '#contract/rubric.ts';
import { chooseResult } from './chooseResult.ts';
import { evaluateMaths, type MathsValue, NoValueError } from './evaluateMaths.ts';
import { findQuantities, type Quantity } from './findQuantities.ts';
import { maths } from './maths.ts';
import { mathsText } from './mathsText.ts';
import { parseMaths } from './parseMaths.ts';
import type { TracedText } from './TracedText.ts';

type NumberCheck = Extract<AnswerCheck, { kind: 'number' }>;
type Finding = Pick<CheckResult, 'kind' | 'reason'>;

/** What is to be compared with: the key, worked out. */
interface Key {
	value: MathsValue;
	unit: string | null;
	/** How many digits stand after its point; null for one that has no end, as 1/3 has none. */
	decimals: number | null;
}

/** A longer text is no answer to a question for a number. */
const mostChars = 4000;
const mostNumbers = 300;
const right: Finding = { kind: 'right', reason: null };
const wrong: Finding = { kind: 'wrong', reason: null };
const unclear = (reason: CheckResult['reason']): Finding => ({ kind: 'unclear', reason });

/**
 * Whether the number that an answer ends up with is the key's, in its unit or another one of its kind.
 *
 * Right only where nothing else in the answer speaks against it, and wrong only where the right number stands nowhere in it as a result.
 */
export function checkNumber(check: NumberCheck, answer: string): CheckResult {
	const key = readKey(check.value);
	if (!key || answer.length > mostChars) return { kind: 'unclear', found: '', reason: 'unreadable' };
	const traced = withoutMarkup(answer);
	if ((traced.text.match(/\d+/gu) ?? []).length > mostNumbers) return { kind: 'unclear', found: '', reason: 'unreadable' };
	const choice = chooseResult(traced.text);
	if (choice.kind === 'none') return { kind: 'unclear', found: '', reason: 'notFound' };
	if (choice.kind === 'several') return { kind: 'unclear', found: '', reason: choice.quantities.length > 1 ? 'severalFound' : 'notFound' };
	const { quantity, others, contested } = choice;
	const found = traced.quote(quantity.start, quantity.end).trim();
	const finding = judge(check, key, quantity);
	if (contested && finding.kind !== 'unclear') return { kind: 'unclear', found, reason: 'severalFound' };
	const standsElsewhere = finding.kind === 'wrong' && finding.reason === null && others.some((other) => judge(check, key, other).kind !== 'wrong');
	return standsElsewhere ? { kind: 'unclear', found, reason: 'severalFound' } : { found, ...finding };
}

/** Without marks that make it bold or a formula; an x between numbers is a times sign. */
function withoutMarkup(answer: string): TracedText {
	const traced = mathsText(answer);
	const text = traced.text
		.replace(/\*\*(?!\s{0,3}[\d(])|(?<![\d)]\s{0,3})\*\*|[`\\]/gu, (mark) => ' '.repeat(mark.length))
		.replace(/\$([^$\n]+)\$/gu, ' $1 ')
		.replace(/(?<=\d\s{0,3})[xX](?=\s{0,3}\d)/gu, '*');
	return traced.as(text);
}

/** Whether a text can be the key of a number check. */
export function isNumberKey(value: string): boolean {
	return readKey(value) !== null;
}

function readKey(text: string): Key | null {
	const plain = mathsText(text)
		.text.trim()
		.replace(/[.\s]+$/u, '');
	const [only, ...others] = findQuantities(plain);
	if (
		only &&
		others.length === 0 &&
		!only.isOperand &&
		plain.slice(0, only.start).replace(/[-$€£¥(\s]/gu, '') === '' &&
		plain.slice(only.end).replace(/[)\s]/gu, '') === ''
	) {
		const { unit, decimals, figures } = only;
		const [value] = only.readings;
		return { value: unit === '%' ? percent(value) : value, unit, decimals: figures === null && !isDecimal(value) ? null : decimals };
	}
	const tree = parseMaths(plain.replace(/(\d)\s*[xX]\s*(?=\d)/gu, '$1*'));
	if (!tree) return null;
	try {
		const value = evaluateMaths(tree);
		return { value, unit: null, decimals: isDecimal(value) ? 0 : null };
	} catch (error) {
		if (error instanceof NoValueError) return null;
		throw error;
	}
}

/** Whether a value can be written out with a point. */
function isDecimal({ exact }: MathsValue): boolean {
	if (!exact) return false;
	let rest = exact.d;
	for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
	return rest === 1n;
}

function judge(check: NumberCheck, key: Key, quantity: Quantity): Finding {
	const [first, ...others] = quantity.readings.map((reading) => judgeReading(check, key, quantity, reading));
	if (first?.kind !== 'wrong') return first ?? unclear('unreadable');
	return others.some(({ kind }) => kind !== 'wrong') ? unclear('severalFound') : first;
}

function judgeReading(check: NumberCheck, key: Key, quantity: Quantity, reading: MathsValue): Finding {
	const isPercent = quantity.unit === '%';
	if (isPercent !== (key.unit === '%')) {
		const asRatio = compare(check, key, isPercent ? percent(reading) : reading, quantity);
		const asWritten = compare(check, key, isPercent ? reading : percent(reading), quantity);
		// 50 for 50 %, and 50 % for 50: the number is right, and what it means is not said.
		if (asWritten.kind === 'right') return unclear(isPercent ? 'unit' : 'unitMissing');
		return asRatio.kind === 'right' && isPercent && key.unit !== null ? unclear('unit') : asRatio;
	}
	if (isPercent) return compare(check, key, percent(reading), quantity);
	return key.unit === null ? compare(check, key, reading, quantity) : compareUnits(check, key, key.unit, quantity, reading);
}

function percent({ number, exact }: MathsValue): MathsValue {
	return { number: number / 100, exact: exact && maths.fraction(`${exact.toFraction()}`).div(100) };
}

function compareUnits(check: NumberCheck, key: Key, keyUnit: string, quantity: Quantity, reading: MathsValue): Finding {
	const asWritten = compare(check, key, reading, quantity);
	if (quantity.unit === null) {
		if (quantity.unknownWord && check.unitNeeded) return asWritten.kind === 'wrong' ? asWritten : unclear('unit');
		if (asWritten.kind === 'right') return check.unitNeeded ? { kind: 'wrong', reason: 'unitMissing' } : asWritten;
		// 150 for 1.5 m may be meant in centimetres.
		return asWritten.kind === 'wrong' && isScaled(reading.number, key.value.number) ? unclear('unitMissing') : asWritten;
	}
	if (quantity.unit === keyUnit) return asWritten;
	const [converted, asked] = [convert(reading.number, quantity.unit, keyUnit), convert(key.value.number, keyUnit, quantity.unit)];
	if (converted === null || asked === null) {
		// 25 degrees are an angle to a program.
		if (quantity.unit === 'deg') return unclear('unit');
		return asWritten.kind === 'wrong' ? wrong : { kind: 'wrong', reason: 'unit' };
	}
	const finding =
		check.tolerance.kind === 'absolute' ? compare(check, key, { number: converted, exact: null }, quantity) : compare(check, keyOf(asked), reading, quantity);
	return finding.kind === 'wrong' && asWritten.kind === 'right' ? { kind: 'wrong', reason: 'unit' } : finding;
}

/** What a key comes to in another unit: a short number as it is, and any other as one without an end. */
function keyOf(number: number): Key {
	const short = Number(number.toPrecision(6));
	const isShort = Math.abs(short - number) <= 1e-12 * Math.abs(number);
	return { value: { number: isShort ? short : number, exact: null }, unit: null, decimals: isShort ? (String(short).split('.')[1]?.length ?? 0) : null };
}

function isScaled(a: number, b: number): boolean {
	if (a === 0 || b === 0 || a / b < 0) return false;
	const powers = [1, 3.6, 60, 3600].flatMap((step) => [Math.log10((a / b) * step), Math.log10(a / b / step)]);
	return powers.some((power) => Math.abs(power - Math.round(power)) < 1e-6);
}

/** Null where one cannot be said in the other. */
function convert(amount: number, from: string, to: string): number | null {
	try {
		const converted = maths.unit(amount, from).toNumber(to);
		return Number.isFinite(converted) ? converted : null;
	} catch {
		return null;
	}
}

function compare(check: NumberCheck, key: Key, reading: MathsValue, quantity: Quantity): Finding {
	const { tolerance, significantFigures } = check;
	const allowed = tolerance.kind === 'absolute' ? tolerance.amount : tolerance.amount * Math.abs(key.value.number);
	const off = Math.abs(reading.number - key.value.number);
	const isNear = off <= allowed + 1e-9 * Math.abs(key.value.number) && (allowed > 0 || isEqual(reading, key.value));
	if (significantFigures !== null) return compareFigures(key, reading, quantity, significantFigures, isNear);
	if (isNear) return right;
	return allowed > 0 ? wrong : compareRounded(key, reading, quantity);
}

function isEqual(a: MathsValue, b: MathsValue): boolean {
	if (a.exact && b.exact) return a.exact.n === b.exact.n && a.exact.d === b.exact.d && a.exact.s === b.exact.s;
	return Math.abs(a.number - b.number) <= 1e-9 * Math.max(Math.abs(a.number), Math.abs(b.number));
}

function compareFigures(key: Key, reading: MathsValue, { figures }: Quantity, asked: number, isNear: boolean): Finding {
	const rounded = Number(key.value.number.toPrecision(asked));
	const isRounded = isEqual({ number: reading.number, exact: null }, { number: rounded, exact: null });
	const isAsAsked = figures !== null && figures.least <= asked && asked <= figures.most;
	if (isAsAsked) return isRounded || isNear ? right : wrong;
	const most = figures ? Math.min(figures.most, 15) : 15;
	const isValue = isNear || isEqual({ number: reading.number, exact: null }, { number: Number(key.value.number.toPrecision(most)), exact: null });
	return isValue || isRounded ? { kind: 'wrong', reason: 'significantFigures' } : wrong;
}

/** A number that is not the key may be the key rounded: right for a key without an end, from three figures on; else not for a program to say. */
function compareRounded(key: Key, reading: MathsValue, { decimals, figures }: Quantity): Finding {
	const { number } = key.value;
	const isPlain = decimals !== null && (decimals > 0 || (figures?.most ?? 0) > 1);
	const isCoarse = isPlain && Math.abs(reading.number - number) <= 0.5 * 10 ** -decimals * (1 + 1e-9);
	const isCut = isPlain && decimals > 0 && Math.abs(reading.number) < Math.abs(number) && Math.abs(reading.number - number) < 10 ** -decimals * (1 - 1e-9);
	const isWhole = Number.isInteger(number) && key.decimals !== null;
	if (isWhole) return wrong;
	if (key.decimals === null && isCoarse && (figures?.least ?? 0) >= 3) return right;
	const isFine = key.decimals !== null && key.decimals > 0 && Math.abs(reading.number - number) <= 0.5 * 10 ** -key.decimals;
	return isCoarse || isCut || isFine ? unclear('rounded') : wrong;
}
