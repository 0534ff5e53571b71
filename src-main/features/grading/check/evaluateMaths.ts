import type { ConstantNode, Fraction, FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';
import { maths } from './maths.ts';
import { isFunctionName } from './parseMaths.ts';

/** A value as a real number, and exactly where it is a fraction of whole numbers that are not too long. */
export interface MathsValue {
	number: number;
	exact: Fraction | null;
}

/** An expression holds something that has no value here: an unknown letter, a function that is not allowed, a division by zero. */
export class NoValueError extends Error {}

const mostExponent = 1000;
const mostExactBits = 2048;

const realFunctions: Readonly<Record<string, (x: number) => number>> = {
	sqrt: Math.sqrt,
	cbrt: Math.cbrt,
	sin: Math.sin,
	cos: Math.cos,
	tan: Math.tan,
	asin: Math.asin,
	acos: Math.acos,
	atan: Math.atan,
	arcsin: Math.asin,
	arccos: Math.acos,
	arctan: Math.atan,
	exp: Math.exp,
	ln: Math.log,
	lg: Math.log10,
	log: Math.log10,
	abs: Math.abs,
};

/**
 * The value of an expression where its letters have the values of `letters`, over the reals. `e` and `pi` are known where they are not given.
 *
 * Takes time in proportion to the expression: exponents over 1,000 have no value, and what is exact stays under 2,048 bits. Throws NoValueError.
 */
export function evaluateMaths(node: MathNode, letters: ReadonlyMap<string, number> = new Map()): MathsValue {
	const value = evaluate(node, letters);
	if (!Number.isFinite(value.number)) throw new NoValueError('not a finite number');
	return value;
}

/** The letters of an expression that a value is needed for, each once. */
export function lettersOf(node: MathNode): string[] {
	const letters = new Set<string>();
	node.traverse((part) => {
		if (isSymbol(part) && part.name !== 'pi' && !isFunctionName(part.name)) letters.add(part.name);
	});
	return [...letters].sort();
}

function evaluate(node: MathNode, letters: ReadonlyMap<string, number>): MathsValue {
	// Exact values are for what has no letters: where they are tried, real ones do.
	if (isConstant(node)) return constant(node.value, letters.size === 0);
	if (isBracket(node)) return evaluate(node.content, letters);
	if (isSymbol(node)) return { number: letters.get(node.name) ?? constantOf(node.name), exact: null };
	if (isOperator(node))
		return operate(
			node.op,
			node.args.map((part) => evaluate(part, letters)),
		);
	if (isFunction(node)) return call(node, letters);
	throw new NoValueError(`${node.type} is not arithmetic`);
}

function constant(value: unknown, exactly: boolean): MathsValue {
	if (typeof value !== 'number') throw new NoValueError('not a number');
	// Longer ones are no longer what was written.
	const isExact = exactly && (value === 0 || (Math.abs(value) < 1e15 && Math.abs(value) > 1e-9 && Number(value.toPrecision(12)) === value));
	return { number: value, exact: isExact ? maths.fraction(value) : null };
}

function constantOf(name: string): number {
	if (name === 'pi') return Math.PI;
	if (name === 'e') return Math.E;
	throw new NoValueError(`${name} has no value`);
}

function call(node: FunctionNode, letters: ReadonlyMap<string, number>): MathsValue {
	const { name } = node.fn;
	const of = Object.hasOwn(realFunctions, name) ? realFunctions[name] : undefined;
	const [only, ...others] = node.args;
	if (!of || !only || others.length > 0) throw new NoValueError(`${name} is not allowed`);
	return { number: of(evaluate(only, letters).number), exact: null };
}

function operate(op: string, [a, b]: readonly MathsValue[]): MathsValue {
	if (!a) throw new NoValueError(op);
	if (!b) {
		if (op === '+') return a;
		if (op === '-') return { number: -a.number, exact: a.exact && short(maths.subtract(maths.fraction(0), a.exact)) };
		throw new NoValueError(op);
	}
	const exact = (of: (x: Fraction, y: Fraction) => unknown) => (a.exact && b.exact ? short(of(a.exact, b.exact)) : null);
	switch (op) {
		case '+':
			return { number: a.number + b.number, exact: exact((x, y) => maths.add(x, y)) };
		case '-':
			return { number: a.number - b.number, exact: exact((x, y) => maths.subtract(x, y)) };
		case '*':
			return { number: a.number * b.number, exact: exact((x, y) => maths.multiply(x, y)) };
		case '/':
			if (b.number === 0) throw new NoValueError('division by zero');
			return { number: a.number / b.number, exact: exact((x, y) => maths.divide(x, y)) };
		case '^':
			return power(a, b);
		default:
			throw new NoValueError(op);
	}
}

function power(base: MathsValue, exponent: MathsValue): MathsValue {
	if (Math.abs(exponent.number) > mostExponent) throw new NoValueError('the exponent is too large');
	if (base.number === 0 && exponent.number <= 0) throw new NoValueError('zero to a power that is not positive');
	const isWhole = Number.isInteger(exponent.number);
	const { exact } = base;
	const isShort = exact !== null && isWhole && bitsOf(exact) * Math.abs(exponent.number) < mostExactBits;
	return { number: base.number ** exponent.number, exact: isShort ? short(maths.pow(exact, exponent.number)) : null };
}

function short(value: unknown): Fraction | null {
	return isFraction(value) && bitsOf(value) < mostExactBits ? value : null;
}

function bitsOf({ n, d }: Fraction): number {
	return (n.toString(16).length + d.toString(16).length) * 4;
}

function isFraction(value: unknown): value is Fraction {
	return typeof value === 'object' && value !== null && 'n' in value && 'd' in value;
}

const isConstant = (node: MathNode): node is ConstantNode => node.type === 'ConstantNode';
const isBracket = (node: MathNode): node is ParenthesisNode => node.type === 'ParenthesisNode';
const isSymbol = (node: MathNode): node is SymbolNode => node.type === 'SymbolNode';
const isOperator = (node: MathNode): node is OperatorNode => node.type === 'OperatorNode';
const isFunction = (node: MathNode): node is FunctionNode => node.type === 'FunctionNode' && 'fn' in node && typeof node.fn === 'object';
