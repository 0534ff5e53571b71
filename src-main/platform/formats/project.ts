import type { Format } from './formats.ts';
import type { Reading } from './middle.ts';
import type { NoteBook } from './NoteBook.ts';
import type { ReadOptions, WriteOptions } from './options.ts';
import { commentsFromEntries, commentsToEntries } from './projection/commentEntries.ts';
import { toData } from './projection/toData.ts';
import { toMarkup } from './projection/toMarkup.ts';
import { reduceData } from './reduceData.ts';

/** Makes of a reading what a format can hold, by the conventions of an order, and takes down what that loses and changes. */
export function project(reading: Reading, to: Format, { read, write }: { read?: ReadOptions; write?: WriteOptions }, notes: NoteBook): Reading {
	const isMarkup = reading.documents.some(({ root }) => root?.kind === 'element');
	if (to.isMarkup && isMarkup) return reading;
	const convention = read?.markup ?? write?.markup ?? {};
	const data = isMarkup ? { documents: reading.documents.map((document) => toData(document, notes, convention)) } : withComments(reading, to, write, notes);
	const reduced = reduceData(data, to.holds, notes, read);
	return to.isMarkup ? { documents: reduced.documents.map((document) => toMarkup(document, notes, write?.markup ?? read?.markup ?? {})) } : reduced;
}

/** Data with its comments as the target can hold them, where a key for them was told. */
function withComments(reading: Reading, { holds, isMarkup }: Format, { commentKey = '' }: WriteOptions = {}, notes: NoteBook): Reading {
	if (commentKey === '' || isMarkup) return reading;
	const lead = holds.comments ? commentsFromEntries : commentsToEntries;
	return { documents: reading.documents.map((document) => lead(document, commentKey, notes)) };
}
