import { z } from 'zod';
import { attachedAdapter } from './attachedAdapter.ts';

/** One field that every record has. */
export const recordField = z.strictObject({
	name: z.string().trim().min(1).max(60),
	type: z.enum(['text', 'number', 'integer', 'truth', 'date']),
	/** What is meant by it, for the model; may be empty. */
	note: z.string().trim().max(200).default(''),
});
export type RecordField = z.infer<typeof recordField>;

/** So many fields a record has at most. */
export const mostFields = 30;

export const recordFields = z
	.array(recordField)
	.min(1)
	.max(mostFields)
	.refine((fields) => new Set(fields.map(({ name }) => name)).size === fields.length, 'No two fields have the same name.');

/** A text that no parser can read, and by which model it is read. */
export const recordsSource = z.strictObject({
	content: z.string().trim().min(1).max(60_000),
	modelId: z.string(),
	adapter: attachedAdapter.nullable().default(null),
});

/** How far the fields of a text are, and at the end the fields. */
export const fieldsStep = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('loading') }),
	z.strictObject({ kind: z.literal('writing') }),
	z.strictObject({ kind: z.literal('proposed'), fields: recordFields }),
]);
export type FieldsStep = z.infer<typeof fieldsStep>;

/** How far the records of a text are, and at the end the records. */
export const recordsStep = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('loading') }),
	/** `records`: how many have been begun. */
	z.strictObject({ kind: z.literal('writing'), records: z.number().int() }),
	z.strictObject({
		kind: z.literal('made'),
		/** A list of mappings as JSON, with the digits as the model wrote them. */
		content: z.string(),
		records: z.number().int(),
		/** Values that do not stand in the text: to be looked at. `record` is counted from 1. The first hundred. */
		unfound: z.array(z.object({ record: z.number().int(), field: z.string(), value: z.string() })),
	}),
]);
export type RecordsStep = z.infer<typeof recordsStep>;
