import type { MathNode } from 'mathjs';
import { maths } from './maths.ts';

const mostChars = 500;
const mostDepth = 40;
const words = ['arcsin', 'arccos', 'arctan', 'sqrt', 'cbrt', 'asin', 'acos', 'atan', 'sin', 'cos', 'tan', 'exp', 'log', 'abs', 'ln', 'lg', 'pi'];
const functions: ReadonlySet<string> = new Set(words.filter((word) => word !== 'pi'));

/**
 * The tree of an expression in plain signs (mathsText); null for what is none, or is too long or too deep to be a student's.
 *
 * Letters side by side are multiplied: `2xy` is 2·x·y. `√2`, `√(x+1)` and `|x|` are understood, and `sin x` without brackets.
 */
export function parseMaths(text: string): MathNode | null {
	if (text.length > mostChars || text.trim() === '' || /[^\w\s.+\-*/^()√|[\]{}]/u.test(text) || isDeep(text)) return null;
	try {
		return maths.parse(spellOut(text));
	} catch {
		return null;
	}
}

/** Whether a name is that of a function, not of a quantity. */
export function isFunctionName(name: string): boolean {
	return functions.has(name);
}

function isDeep(text: string): boolean {
	let depth = 0;
	for (const char of text) {
		if ('([{'.includes(char)) depth += 1;
		if (')]}'.includes(char)) depth -= 1;
		if (depth > mostDepth || depth < 0) return true;
	}
	// Signs and powers one after the other nest as brackets do.
	return depth !== 0 || /(?:[-+^]\s*){20}/u.test(text) || (text.match(/\^/gu)?.length ?? 0) > mostDepth;
}

function spellOut(text: string): string {
	return text
		.replace(/\*\*/gu, '^')
		.replace(/[[{]/gu, '(')
		.replace(/[\]}]/gu, ')')
		.replace(/\|([^|]*)\|/gu, ' abs($1) ')
		.replace(/√\s*(\d+(?:\.\d+)?|[a-zA-Z])/gu, ' sqrt($1)')
		.replace(/√\s*\(/gu, ' sqrt(')
		.replace(/[a-zA-Z]+(?:_\w)?/gu, (word, at: number, whole: string) => splitLetters(word, whole.slice(at + word.length), whole.slice(0, at)))
		.replace(/\b(arcsin|arccos|arctan|sin|cos|tan|ln|lg|log)\s+(\d*(?:\.\d+)?\s*(?:pi|[a-zA-Z])?)(?!\w|\s*\()/gu, (whole, name: string, of: string) =>
			of.trim() ? ` ${name}(${of})` : whole,
		);
}

/** `xy` is x times y, and `sinx` the sine of x; `1e5` keeps its e. */
function splitLetters(word: string, after: string, before: string): string {
	if (/^[eE]$/u.test(word) && /\d\.?$/u.test(before) && /^[+-]?\d/u.test(after)) return word;
	const parts: string[] = [];
	for (let rest = word; rest !== ''; ) {
		const known = words.find((name) => rest.toLowerCase().startsWith(name));
		const part = known ?? /^[a-zA-Z](?:_\w)?/u.exec(rest)?.[0] ?? rest;
		parts.push(part);
		rest = rest.slice(part.length);
	}
	// Only a function's name may stand right before its bracket: any other is multiplied with what is in it.
	const last = parts.at(-1) ?? '';
	const times = /^\s*\(/u.test(after) && !functions.has(last) ? ' *' : '';
	return ` ${parts.join(' ')}${times}${functions.has(last) && !/^\s*\(/u.test(after) ? ' ' : ''}`;
}
