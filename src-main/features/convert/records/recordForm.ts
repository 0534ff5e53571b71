import { z } from 'zod';
import type { RecordField } from '#contract/convertRecords.ts';
import { mostFields, recordFields } from '#contract/convertRecords.ts';
import { failure } from '#contract/errors.ts';
import { readJson } from '../../../platform/formats/json/readJson.ts';
import { writeJson } from '../../../platform/formats/json/writeJson.ts';
import type { JsonSchema } from '../../engine/engine.ts';

/** A text may be this long in one field, in characters. */
const longestText = 400;
/** Records that one text is taken to hold at most. */
const mostRecords = 300;

const types: Record<RecordField['type'], JsonSchema> = {
	text: { type: 'string', maxLength: longestText },
	number: { type: 'number' },
	integer: { type: 'integer' },
	truth: { type: 'boolean' },
	date: { type: 'string', maxLength: 40 },
};

/** The form of the fields that a model proposes, as a grammar. */
export const fieldsSchema: JsonSchema = {
	type: 'object',
	properties: {
		fields: {
			type: 'array',
			minItems: 1,
			maxItems: 12,
			items: {
				type: 'object',
				properties: {
					name: { type: 'string', minLength: 1, maxLength: 40 },
					type: { enum: Object.keys(types) },
					note: { type: 'string', maxLength: 80 },
				},
			},
		},
	},
};

/** The form of records with these fields, as a grammar: each has all of them, and null where the text says nothing. */
export function recordsSchema(fields: readonly RecordField[], content: string): JsonSchema {
	const properties = Object.fromEntries(fields.map(({ name, type }) => [name, { oneOf: [types[type], { type: 'null' }] }]));
	return { type: 'object', properties: { records: { type: 'array', minItems: 1, maxItems: likelyRecords(content), items: { type: 'object', properties } } } };
}

/** No more than a text of so many lines and sentences can speak of, so that a model that repeats itself comes to an end. */
function likelyRecords(content: string): number {
	const parts = content.split(/[\n.;。；]/).filter((part) => part.trim() !== '').length;
	return Math.min(mostRecords, Math.max(10, parts + 5));
}

const saidFields = z.object({ fields: z.array(z.object({ name: z.string(), type: z.string(), note: z.string() })).max(mostFields) });

/** Reads the fields that a model proposed; of two with one name the first. Throws RECORDS_INVALID where there is none that can be used. */
export function readFields(text: string): RecordField[] {
	try {
		const met = new Set<string>();
		const named = saidFields.parse(JSON.parse(text)).fields.filter(({ name }) => {
			const isNew = name.trim() !== '' && !met.has(name.trim());
			met.add(name.trim());
			return isNew;
		});
		return recordFields.parse(named);
	} catch (error) {
		throw failure('RECORDS_INVALID', { reason: 'malformed' }, error);
	}
}

const saidRecords = z.object({ records: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))) });

/** Records as a model wrote them. */
export interface ReadRecords {
	/** A list of mappings as JSON; a number has the digits that were written. */
	content: string;
	records: number;
	unfound: { record: number; field: string; value: string }[];
}

/** Reads the records that a model took out of a text, and finds the values that do not stand in it. Throws RECORDS_INVALID. */
export function readRecords(text: string, source: string): ReadRecords {
	try {
		const { records } = saidRecords.parse(JSON.parse(text));
		const whole = readJson(text);
		const list = whole.kind === 'mapping' ? whole.entries[0]?.value : undefined;
		if (list?.kind !== 'sequence') throw new Error('There is no list of records.');
		const place = foldedText(source);
		const unfound = records.flatMap((record, at) =>
			Object.entries(record)
				.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
				.filter(([, value]) => !place.includes(foldedText(String(value))))
				.map(([field, value]) => ({ record: at + 1, field, value: String(value).slice(0, 200) })),
		);
		return { content: `${writeJson(list, { indent: 2 })}\n`, records: records.length, unfound: unfound.slice(0, 100) };
	} catch (error) {
		throw failure('RECORDS_INVALID', { reason: 'malformed' }, error);
	}
}

/** A text as it is compared: letters and digits alone. */
function foldedText(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');
}
