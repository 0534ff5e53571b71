import { isFormula } from '../../csv/writeCsv.ts';

const number = /^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula, and before one that had apostrophes before such a text already, so
 * that `unescapedFormula` gives every text back. A number with a sign is none.
 */
export function escapedFormula(text: string): string {
	return isFormula(text.replace(/^'+/, '')) && !number.test(text) ? `'${text}` : text;
}

export function unescapedFormula(text: string): string {
	return text.startsWith("'") && isFormula(text.replace(/^'+/, '')) ? text.slice(1) : text;
}
