import { FormatError } from '../FormatError.ts';
import type { Reading, Sequence, Value } from '../middle.ts';
import { readJson } from './readJson.ts';
import { writeJson } from './writeJson.ts';

/**
 * Reads JSON Lines (jsonlines.org): a value a line, empty lines passed over. It is one sequence in the middle.
 *
 * @throws FormatError with its offset
 */
export function readJsonLines(text: string): Reading {
	const items: Value[] = [];
	for (let start = 0; start < text.length; ) {
		const newline = text.indexOf('\n', start);
		const end = newline === -1 ? text.length : newline;
		const line = text.slice(start, end);
		if (line.trim() !== '') items.push(readLine(line, start));
		start = end + 1;
	}
	return { documents: [{ root: { kind: 'sequence', items, at: 0 } }] };
}

function readLine(line: string, start: number): Value {
	try {
		return moved(readJson(line), start);
	} catch (error) {
		if (!(error instanceof FormatError)) throw error;
		throw new FormatError(error.code, error.message, { ...error.failure, offset: start + (error.offset ?? 0) });
	}
}

/** The value with its offsets counted from the beginning of the source. It is its only holder, so it is changed in place. */
function moved(value: Value, by: number): Value {
	if (by === 0) return value;
	const open: Value[] = [value];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		next.at = (next.at ?? 0) + by;
		if (next.kind === 'sequence') for (const item of next.items) open.push(item);
		if (next.kind === 'mapping') for (const entry of next.entries) open.push(entry.key, entry.value);
	}
	return value;
}

/** Writes the items of a sequence one a line; anything else is the only line. */
export function writeJsonLines({ documents: [first] }: Reading): string {
	return linesOf(first?.root)
		.map((item) => `${writeJson(item, { indent: 0 })}\n`)
		.join('');
}

function linesOf(root: Value | undefined): Sequence['items'] {
	if (root === undefined) return [];
	return root.kind === 'sequence' ? root.items : [root];
}
