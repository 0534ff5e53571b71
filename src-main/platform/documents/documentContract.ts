import { z } from 'zod';
import { documentReason } from '#contract/documentReason.ts';

/**
 * What of a document is not in its text, or not as it was, and how many of them there are.
 *
 * `formulas`: written out on one line. `pictures` and `pagesWithoutText`: not read. `fontsMissing`: what is
 * written in them cannot be read. `undecodable`: characters that are lost.
 */
export const documentNote = z.strictObject({
	code: z.enum(['formulas', 'pictures', 'pagesWithoutText', 'fontsMissing', 'undecodable']),
	count: z.number().int().positive(),
});
export type DocumentNote = z.infer<typeof documentNote>;

/** What a document says. `picture`: nothing that is text; there is only something to see. */
export const readDocument = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('text'), text: z.string(), pages: z.number().int().nullable(), notes: z.array(documentNote) }),
	z.strictObject({ kind: z.literal('sheets'), sheets: z.array(z.strictObject({ name: z.string(), rows: z.array(z.array(z.string())) })) }),
	z.strictObject({ kind: z.literal('picture') }),
]);
export type ReadDocument = z.infer<typeof readDocument>;

/** The kinds of files that are read in a process of their own. */
const parsedKind = z.enum(['zip', 'pdf']);

/** The most that may come out of a document. */
export const documentLimits = z.strictObject({
	/** Of what is packed in it, unpacked. */
	inflatedBytes: z.number().int(),
	characters: z.number().int(),
	cells: z.number().int(),
	pages: z.number().int(),
});
export type DocumentLimits = z.infer<typeof documentLimits>;

/** One document to read, its bytes in base64. */
export const documentOrder = z.strictObject({ id: z.number().int(), kind: parsedKind, base64: z.string(), limits: documentLimits });
export type DocumentOrder = z.infer<typeof documentOrder>;

/** What the process says: once that it is there, then the one answer to each order. */
export const documentAnswer = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('ready') }),
	z.strictObject({ type: z.literal('read'), id: z.number().int(), document: readDocument }),
	z.strictObject({ type: z.literal('refused'), id: z.number().int(), reason: documentReason, detail: z.string().max(500) }),
]);
export type DocumentAnswer = z.infer<typeof documentAnswer>;
