import type { StatementLine } from '#contract/ledger.ts';

/** The part of a statement that was read: newest first, with where the rest of it begins; `cursor` null: there is no more. */
export interface LinesRead {
	lines: readonly StatementLine[];
	cursor: string | null;
}

/**
 * Puts a first page that was read anew before what had been read of the rest, so that a reader who scrolled down stays where they are.
 *
 * What is new comes in at the top and what has changed takes the place of what it was. Where the page no longer reaches what had been
 * read, so much has come that only the page stays.
 */
export function mergeLines(read: LinesRead | null, first: LinesRead): LinesRead {
	const last = first.lines.at(-1);
	const reached = read?.lines.findIndex(({ id }) => id === last?.id) ?? -1;
	if (read === null || reached < 0) return first;
	const rest = read.lines.slice(reached + 1);
	return rest.length === 0 ? first : { lines: [...first.lines, ...rest], cursor: read.cursor };
}

/** Adds the next page to what was read; a line that stands there already, because it moved meanwhile, is not added again. */
export function addLines(read: LinesRead, next: LinesRead): LinesRead {
	const known = new Set(read.lines.map(({ id }) => id));
	return { lines: [...read.lines, ...next.lines.filter(({ id }) => !known.has(id))], cursor: next.cursor };
}
