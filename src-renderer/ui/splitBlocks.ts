const fence = /^\s*(`{3,}|~{3,})(.*)/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/**
 * Cuts markdown into blocks that can be shown each on its own, so that a streamed answer redraws only its last one.
 *
 * Joined, the blocks are the text again. A cut is made at a blank line only: never inside a code fence, before an indented line,
 * or between the items of one list. Linear in the text.
 */
export function splitBlocks(text: string): string[] {
	const blocks: string[] = [];
	let start = 0;
	let isAfterBlank = false;
	let isList = false;
	let open = '';
	for (let position = 0; position < text.length; ) {
		const newline = text.indexOf('\n', position);
		const end = newline < 0 ? text.length : newline + 1;
		const line = text.slice(position, newline < 0 ? end : newline);
		const isBlank = line.trim() === '';
		if (open !== '') {
			if (closes(line, open)) open = '';
			isAfterBlank = false;
		} else {
			const isItem = listItem.test(line);
			if (isAfterBlank && !isBlank && !line.startsWith('  ') && !line.startsWith('\t') && !(isList && isItem)) {
				blocks.push(text.slice(start, position));
				start = position;
				isList = false;
			}
			isList ||= isItem;
			open = opens(line);
			isAfterBlank = isBlank && position > start;
		}
		position = end;
	}
	if (start < text.length) blocks.push(text.slice(start));
	return blocks;
}

/** The marks that open a fence on this line, or nothing. */
function opens(line: string): string {
	if (!line.includes('```') && !line.includes('~~~')) return '';
	const [, marks = '', info = ''] = fence.exec(line) ?? [];
	return marks.startsWith('`') && info.includes('`') ? '' : marks;
}

function closes(line: string, open: string): boolean {
	const [, marks = '', info = ''] = fence.exec(line) ?? [];
	return marks.length >= open.length && marks[0] === open[0] && info.trim() === '';
}
