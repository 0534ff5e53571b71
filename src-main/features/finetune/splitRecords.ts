/** One value of a JSON text, not parsed yet, and the line on which it begins, from 1, or its place in a list that is on one line. */
export interface JsonRecord {
	row: number;
	text: string;
}

const sampleLines = 20;

/** Tells whether a text is meant as JSON: it begins with a list or an object. */
export function looksLikeJson(text: string): boolean {
	return /^\s*[[{]/.test(text);
}

/**
 * Cuts a JSON text into its values, one after another: the lines of JSON lines, the elements of a list, or objects that follow one another
 * over any number of lines.
 *
 * What is broken comes out as it is, and what comes after it is found again where that is possible: at the next line of JSON lines, else at
 * the next comma or bracket that closes what is open. It parses nothing but the first line, so that a hostile text costs no more memory
 * than it has.
 */
export function splitRecords(text: string): Generator<JsonRecord> {
	const first = text.search(/\S/);
	const isList = text[first] === '[';
	if (isLines(text, first)) return splitLines(text);
	const before = text.slice(0, first).split('\n').length;
	return splitValues(text, isList ? first + 1 : Math.max(first, 0), before, isList);
}

function isLines(text: string, first: number): boolean {
	const lines = [];
	for (const { text: line } of splitLines(text.slice(Math.max(first, 0)))) {
		if (lines.push(line) >= sampleLines) break;
	}
	const [head = ''] = lines;
	// A list on one line is the whole file, unless there are more of its kind.
	if (lines.length > 1 && closes(head)) return true;
	if (head.startsWith('[')) return false;
	return lines.filter(closes).length * 2 >= lines.length;
}

/** Whether a line is one whole value, as far as its two ends tell. */
function closes(line: string): boolean {
	return (line.startsWith('{') && line.endsWith('}')) || (line.startsWith('[') && line.endsWith(']') && line.length > 2);
}

function* splitLines(text: string): Generator<JsonRecord> {
	let row = 1;
	for (let at = 0; at < text.length; row++) {
		const newline = text.indexOf('\n', at);
		const end = newline === -1 ? text.length : newline;
		const line = text.slice(at, end).trim();
		if (line !== '') yield { row, text: line };
		at = end + 1;
	}
}

const [quote, backslash, comma, newline] = [0x22, 0x5c, 0x2c, 0x0a];
const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;
const isSpace = (code: number) => code === 0x20 || code === 0x09 || code === 0x0d || code === newline;

/** Values from `from` on, which is on line `row`: those of the list that begins there, to its end, or those that follow one another. */
function* splitValues(text: string, from: number, row: number, isList: boolean): Generator<JsonRecord> {
	let start = -1;
	let startRow = row;
	// A list on one line has no lines to count.
	const onOneLine = isList && !text.trimEnd().includes('\n', from);
	let count = 0;
	let depth = 0;
	let inString = false;
	const cut = (end: number): JsonRecord => {
		count++;
		const record = { row: onOneLine ? count : startRow, text: text.slice(start, end).trim() };
		start = -1;
		depth = 0;
		return record;
	};
	for (let at = from; at < text.length; at++) {
		const code = text.charCodeAt(at);
		// No text of JSON goes over the end of a line: a quotation mark too few ends there.
		if (code === newline) {
			row++;
			inString = false;
			if (start !== -1 && depth === 0 && !isList) yield cut(at);
		} else if (inString) {
			if (code === backslash) at++;
			else if (code === quote) inString = false;
		} else if (isSpace(code)) {
		} else if (code === comma && depth === 0) {
			if (start !== -1) yield cut(at);
		} else if (isClosing(code) && depth === 0) {
			if (start !== -1) yield cut(at);
			// Behind the end of the list there should be nothing.
			isList = false;
		} else {
			if (start === -1) [start, startRow] = [at, row];
			if (code === quote) inString = true;
			else if (isOpening(code)) depth++;
			else if (isClosing(code) && --depth === 0 && !isList) yield cut(at + 1);
		}
	}
	if (start !== -1) yield cut(text.length);
}
