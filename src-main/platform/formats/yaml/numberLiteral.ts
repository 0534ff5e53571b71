import type { Numeral } from '../middle.ts';

const json = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * A number of YAML with its digits as they were written where JSON writes them so too, and otherwise with the JSON number of the same value
 * beside it: `0x1F` is 31, `.5` is 0.5, `1_000` is 1000.
 */
export function numberLiteral(source: string, value: number | bigint): Pick<Numeral, 'literal' | 'written'> {
	if (json.test(source)) return { literal: source };
	if (typeof value === 'bigint') return { literal: source.startsWith('-') && value === 0n ? '-0' : value.toString(), written: source };
	if (Number.isNaN(value)) return { literal: 'nan' };
	if (/inf$/i.test(source)) return { literal: value > 0 ? 'inf' : '-inf' };
	const [, sign = '', whole = '', fraction, exponent = ''] = /^([-+]?)([0-9_]*)(?:\.([0-9_]*))?((?:[eE][-+]?[0-9]+)?)$/.exec(source) ?? [];
	const digits = `${sign === '-' ? '-' : ''}${plain(whole).replace(/^0+(?=[0-9])/, '') || '0'}${fraction === undefined ? '' : `.${plain(fraction) || '0'}`}${exponent}`;
	// What is written in another base, or as hours, minutes and seconds, is told by its value.
	return { literal: source.includes(':') || !json.test(digits) ? String(value) : digits, written: source };
}

function plain(digits: string): string {
	return digits.replaceAll('_', '');
}
