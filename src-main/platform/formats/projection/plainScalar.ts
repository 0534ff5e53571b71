import type { Scalar } from '../middle.ts';

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** What a text says by the words of JSON: a number with its digits as written, a truth, or else itself. `007`, `1,5` and `null` are texts. */
export function plainScalar(text: string, at?: number): Scalar {
	const place = at === undefined ? undefined : { at };
	if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', ...place };
	return number.test(text) ? { kind: 'number', literal: text, ...place } : { kind: 'text', value: text, ...place };
}
