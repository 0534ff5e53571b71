const indent = '\t';
/** Pieces are at least as long, in UTF-16 units, but for the last. */
const pieceLength = 64 * 1024;

/**
 * The indented JSON of plain data, piece by piece. An iterator anywhere in it becomes a list, each element of which is taken when it is
 * written: so a text of any length needs no more memory than its longest element and a piece.
 */
export function* streamJson(value: unknown): Generator<string> {
	let piece = '';
	for (const text of write(value, '\n')) {
		piece += text;
		if (piece.length < pieceLength) continue;
		yield piece;
		piece = '';
	}
	yield piece;
}

/** `line`: a line end with what stands before the value's own line. */
function* write(value: unknown, line: string): Generator<string> {
	const whole = writeWhole(value, line);
	if (whole !== null) yield whole;
	else if (Array.isArray(value) || value instanceof Iterator)
		yield* writeParts(
			'[]',
			line,
			parts(value, (each) => ({ name: '', each })),
		);
	else
		yield* writeParts(
			'{}',
			line,
			parts(Object.entries(value ?? {}), ([name, each]) => ({ name: `${JSON.stringify(name)}: `, each })),
		);
}

/** Null where there is an iterator in it. */
function writeWhole(value: unknown, line: string): string | null {
	let isWhole = true;
	const text = JSON.stringify(
		value,
		(_name, each: unknown) => {
			if (each instanceof Iterator) isWhole = false;
			return each;
		},
		indent,
	);
	// Within strings line ends are written as \n.
	return isWhole ? (text ?? 'null').replaceAll('\n', line) : null;
}

interface Part {
	name: string;
	each: unknown;
}

function* parts<Item>(items: Iterable<Item>, partOf: (item: Item) => Part): Generator<Part> {
	for (const item of items) {
		const part = partOf(item);
		if (part.each !== undefined) yield part;
	}
}

function* writeParts([open = '', close = '']: string, line: string, all: Iterable<Part>): Generator<string> {
	let isFirst = true;
	for (const { name, each } of all) {
		yield `${isFirst ? open : ','}${line}${indent}${name}`;
		isFirst = false;
		yield* write(each, line + indent);
	}
	yield isFirst ? `${open}${close}` : `${line}${close}`;
}
