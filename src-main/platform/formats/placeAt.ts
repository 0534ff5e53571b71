/** A place in a text, counted from 1 as editors do; a column is a UTF-16 code unit. */
export interface Place {
	line: number;
	column: number;
}

/** Finds the lines of offsets in a text. They are counted when the first one is asked for: most conversions never ask. */
export function placesIn(text: string): (at: number) => Place {
	let starts: number[] | undefined;
	return (at) => {
		starts ??= lineStarts(text);
		let low = 0;
		for (let high = starts.length; high - low > 1; ) {
			const middle = (low + high) >> 1;
			if ((starts[middle] ?? 0) <= at) low = middle;
			else high = middle;
		}
		return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
	};
}

/** The place of a single offset, for an error that is told once. */
export function placeAt(text: string, at: number): Place {
	return placesIn(text.slice(0, at))(at);
}

function lineStarts(text: string): number[] {
	const starts = [0];
	for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
	return starts;
}
