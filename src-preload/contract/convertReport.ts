import { z } from 'zod';
import { formatName } from './convertOrder.ts';

/** One line of a report: what could not be carried, or was carried by convention, and where. */
export const convertNote = z.object({
	/** Which; the screen has the words for each. */
	code: z.string(),
	/** `lost`: the result does not hold it. `convention`: it holds it in an agreed form. `changed`: it holds it, written otherwise. */
	kind: z.enum(['lost', 'convention', 'changed']),
	/** Of the source, counted from 1; null where it is of the whole. */
	line: z.number().int().nullable(),
	column: z.number().int().nullable(),
	/** Where in the matter, such as `$.rows[3].id` or `/a/b[2]`. */
	path: z.string().nullable(),
	/** What was there, and what it is written as. */
	what: z.string().nullable(),
	became: z.string().nullable(),
});
export type ConvertNote = z.infer<typeof convertNote>;

/** What is said of a conversion beside its result. */
export const convertReport = z.object({
	/** As which it was read. */
	from: formatName,
	to: formatName,
	/** As `TextDecoder` spells it. */
	encoding: z.string(),
	/** The first of them; `counts` are of all. */
	notes: z.array(convertNote),
	counts: z.object({ lost: z.number().int(), convention: z.number().int(), changed: z.number().int() }),
	/** Whether the result, converted back, is the source again, and where it first is not; null: not tried, as of a workbook that is written record by record. */
	roundTrip: z.object({ isSame: z.boolean(), path: z.string(), was: z.string(), became: z.string() }).nullable(),
	/** Whether the sidecar that was asked for was made, or why not: of records that come one by one, or of a part of a source, there is none. Null: not asked for. */
	sidecar: z.enum(['made', 'streamed', 'selected']).nullable().default(null),
});
export type ConvertReport = z.infer<typeof convertReport>;

/** A place in a source, counted from 1. */
export const sourcePlace = z.object({ line: z.number().int().nullable(), column: z.number().int().nullable() });

/** One thing of a source that a schema does not allow. */
export const schemaProblem = sourcePlace.extend({
	/** A JSON Pointer. */
	path: z.string(),
	/** The word of the schema that is broken, such as `required`; the screen has words for the usual ones. */
	keyword: z.string(),
	/** What the validator says, in English. */
	message: z.string(),
	/** Of a list of records: which record it is, counted from 1. */
	row: z.number().int().nullable(),
});
export type SchemaProblem = z.infer<typeof schemaProblem>;

/** One difference between two sources that are compared as values. */
export const valueDifference = z.object({
	path: z.string(),
	kind: z.enum(['added', 'removed', 'changed']),
	left: z.string().nullable(),
	right: z.string().nullable(),
	leftLine: z.number().int().nullable(),
	rightLine: z.number().int().nullable(),
});
export type ValueDifference = z.infer<typeof valueDifference>;
