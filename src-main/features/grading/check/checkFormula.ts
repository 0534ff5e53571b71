import type { MathNode } from 'mathjs';
import type { AnswerCheck, CheckResult } from '#contract/rubric.ts';
import { evaluateMaths, lettersOf, NoValueError } from './evaluateMaths.ts';
import { mathsText } from './mathsText.ts';
import { parseMaths } from './parseMaths.ts';

type FormulaCheck = Extract<AnswerCheck, { kind: 'formula' }>;
/** Both sides, the right one null where there is no equals sign. */
interface Formula {
	left: MathNode;
	right: MathNode | null;
}

const mostChars = 2000;
const points = 40;
/** Fewer points at which both have a value say too little. */
const leastPoints = 8;

/**
 * Whether an answer's formula is equal to the key's for all values of its letters; an equation, whether it says the same but for a factor.
 *
 * Found by trying points that are always the same, over the reals; where either has no value a point is passed over. What stands after the
 * last "=" is taken, if one of several things that an answer sets equal is the key; formulas among words are looked for line by line.
 */
export function checkFormula(check: FormulaCheck, answer: string): CheckResult {
	const key = readFormula(mathsText(check.expression).text);
	if (!key || answer.length > mostChars) return { kind: 'unclear', found: '', reason: 'unreadable' };
	const candidates = readCandidates(answer);
	if (candidates.length === 0) return { kind: 'unclear', found: '', reason: 'notFound' };
	const [last] = candidates.slice(-1);
	if (!last) return { kind: 'unclear', found: '', reason: 'notFound' };
	if (candidates.length > 1) return { kind: 'unclear', found: last.trim(), reason: 'severalFound' };
	return { found: last.trim(), ...judge(key, last) };
}

/** Whether a text can be the key of a formula check: it can be read, and has values enough to be found equal to itself. */
export function isFormulaKey(expression: string): boolean {
	const key = readFormula(mathsText(expression).text);
	return key !== null && isEqual(key, key) === true;
}

/** The formulas of an answer: what is left of a line when words around a formula are taken away. */
function readCandidates(answer: string): string[] {
	const pieces = answer.split(/[\n;；。]|[,，、]\s|\.\s|\.$/u).filter((piece) => piece.trim() !== '');
	const bare = pieces.map((piece) =>
		piece.replace(/^.*(?:\b(?:is|are|answer|be|get|so|therefore|thus|hence|ans)\b|答案|答|是|为|所以|因此|得到|得|等于)\s*[:：]?\s*/iu, ''),
	);
	return [...new Set(bare.map((piece) => mathsText(piece).text.trim()).filter((text) => text !== '' && /[\d\w]/u.test(text)))];
}

function readFormula(text: string): Formula | null {
	const [left = '', right, ...more] = text.split('=');
	if (more.length > 0) return null;
	const [leftTree, rightTree] = [parseMaths(left), right === undefined ? null : parseMaths(right)];
	return leftTree && (right === undefined || rightTree) ? { left: leftTree, right: rightTree } : null;
}

function judge(key: Formula, text: string): Pick<CheckResult, 'kind' | 'reason'> {
	if (/[\p{L}]{4,}/u.test(text.replace(/sqrt|cbrt|arcsin|arccos|arctan|asin|acos|atan/gu, '')) || /[<>≤≥≠±]/u.test(text))
		return { kind: 'unclear', reason: 'unreadable' };
	const sides = text.split('=');
	// `2(x+3) = 2x+6` works the key out: each side must be it.
	const parts = key.right === null && sides.length > 1 ? sides : [text];
	const named = key.right === null && sides.length === 2 && /^\s*[a-zA-Z](?:\s*\([a-z]\))?\s*$/u.test(sides[0] ?? '');
	const formulas = (named ? sides.slice(1) : parts).map(readFormula);
	const findings = formulas.map((formula) => formula && isEqual(key, formula));
	if (findings.some((finding) => finding === null)) return { kind: 'unclear', reason: 'unreadable' };
	if (findings.every((finding) => finding === true)) return { kind: 'right', reason: null };
	// One side right and the other not; or `1/2x`, which some mean as 1/(2x).
	const isOpen =
		findings.some((finding) => finding === true) ||
		/\/\s*[\w.]+\s*(?:[a-zA-Z(√]|pi)/u.test(text) ||
		formulas.some((formula) => formula && (formula.right === null) !== (key.right === null));
	return isOpen ? { kind: 'unclear', reason: 'severalFound' } : { kind: 'wrong', reason: null };
}

/** Null where it cannot be told: too few points have a value, or the letters are others. */
function isEqual(key: Formula, given: Formula): boolean | null {
	const letters = lettersIn(key);
	const others = lettersIn(given).filter((letter) => !letters.includes(letter));
	// Letters written large, or others altogether, may mean the same.
	if (others.length > 0) return null;
	if ((key.right === null) !== (given.right === null)) return given.right === null && key.right !== null && isSideOf(key, given) ? null : false;
	return key.right === null ? isSameValue(key.left, given.left, letters) : isSameEquation(key, given, letters);
}

/** `2x + 6` for `y = 2x + 6`: what the teacher wants of it is not known. */
function isSideOf(key: Formula, given: Formula): boolean {
	return [key.left, key.right].some((side) => side !== null && isSameValue(side, given.left, lettersIn(key)) === true);
}

function lettersIn({ left, right }: Formula): string[] {
	return [...new Set([...lettersOf(left), ...(right ? lettersOf(right) : [])])];
}

function isSameValue(a: MathNode, b: MathNode, letters: readonly string[]): boolean | null {
	let [tried, oneSided, close] = [0, 0, false];
	for (const point of pointsFor(letters)) {
		const [x, y] = [valueAt(a, point), valueAt(b, point)];
		if (x !== null && y !== null) {
			const off = Math.abs(x - y) / Math.max(1e-3, Math.abs(x), Math.abs(y));
			if (off > 0.01) return false;
			if (off > 1e-8) close = true;
			tried += 1;
		} else if (x !== null || y !== null) oneSided += 1;
	}
	// 3.14 for π: a person should say whether that will do.
	if (close) return null;
	// Equal where both are there, and one is there where the other is not, as with √x² and x: a person should look.
	return tried >= Math.min(leastPoints, letters.length === 0 ? 1 : leastPoints) && oneSided === 0 ? true : null;
}

/** Equations say the same if one's difference of sides is a number, not zero, times the other's. */
function isSameEquation(a: Formula, b: Formula, letters: readonly string[]): boolean | null {
	let ratio: number | null = null;
	let tried = 0;
	for (const point of pointsFor(letters)) {
		const [x, y] = [differenceAt(a, point), differenceAt(b, point)];
		if (x === null || y === null || Math.abs(x) < 1e-6) continue;
		ratio ??= y / x;
		// Not a multiple of it: it may still have the same solutions.
		if (Math.abs(ratio) < 1e-9) return false;
		if (Math.abs(y - ratio * x) > 1e-7 * Math.max(1e-3, Math.abs(y))) return isLinear(a, letters) && isLinear(b, letters) ? false : null;
		tried += 1;
	}
	return tried >= leastPoints ? true : null;
}

/** Whether the difference of sides is of the first degree, so that only multiples of it say the same. */
function isLinear(formula: Formula, letters: readonly string[]): boolean {
	const at = (step: number, of: number) => differenceAt(formula, new Map(letters.map((letter, i) => [letter, 1.3 + i + step * (of === i ? 1 : 0.37)])));
	return letters.every((_, i) => {
		const [x, y, z] = [at(0, i), at(1, i), at(2, i)];
		return x !== null && y !== null && z !== null && Math.abs(x - 2 * y + z) < 1e-8 * Math.max(1, Math.abs(x), Math.abs(z));
	});
}

function differenceAt({ left, right }: Formula, point: ReadonlyMap<string, number>): number | null {
	const [x, y] = [valueAt(left, point), right ? valueAt(right, point) : 0];
	return x === null || y === null ? null : x - y;
}

function valueAt(node: MathNode, point: ReadonlyMap<string, number>): number | null {
	try {
		return evaluateMaths(node, point).number;
	} catch (error) {
		if (error instanceof NoValueError) return null;
		throw error;
	}
}

/** The same points every time: spread over small and large, negative and positive numbers by a multiplicative generator (Park and Miller, 1988). */
function* pointsFor(letters: readonly string[]): Generator<ReadonlyMap<string, number>> {
	let state = 20_111;
	const next = () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
	for (let i = 0; i < points; i++) {
		const reach = [1, 3, 10][i % 3] ?? 1;
		// Half of them are positive, so that roots and logarithms have values.
		yield new Map(letters.map((letter) => [letter, i % 2 === 0 ? 0.05 + next() * reach : (next() - 0.5) * 2 * reach]));
	}
}
