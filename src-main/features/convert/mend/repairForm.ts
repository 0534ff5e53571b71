import { z } from 'zod';
import { failure } from '#contract/errors.ts';
import { readJson } from '../../../platform/formats/json/readJson.ts';
import { writeJson } from '../../../platform/formats/json/writeJson.ts';
import type { Entry, Value } from '../../../platform/formats/middle.ts';
import type { JsonSchema } from '../../engine/engine.ts';
import type { BrokenPart } from './brokenPart.ts';

const anyObject: JsonSchema = { type: 'object', additionalProperties: true };
/** A number of the grammar has so many digits at the most. */
const mostDigits = 15;
/** Longer texts than this make the grammar itself slow; the tokens that may be written bound them instead. */
const longestBound = 2_000;

/** A part as it stands, and how it is to be written anew. */
export interface PartText {
	text: string;
	holds: BrokenPart['holds'];
}

/** How a part is written anew. Numbers of more digits than the grammar of JSON allows are kept by writing the lines as they are. */
export function formOf({ text, holds }: PartText): BrokenPart['holds'] {
	return text.match(/\d+/g)?.some((digits) => digits.length > mostDigits) ? 'lines' : holds;
}

/** The form of what is written in a part's place, as a grammar: JSON itself where the part is of JSON, else its lines as texts. */
export function repairSchema(part: PartText): JsonSchema {
	const lines = part.text.split('\n');
	const longest = 40 + 2 * Math.max(...lines.map(({ length }) => length));
	const line: JsonSchema = { type: 'string', ...(longest <= longestBound && { maxLength: longest }) };
	const forms: Record<BrokenPart['holds'], JsonSchema> = {
		lines: { type: 'array', minItems: 1, maxItems: lines.length * 2 + 4, items: line },
		members: anyObject,
		items: { type: 'array', minItems: 1, maxItems: 40 },
		value: { oneOf: [anyObject, { type: 'array' }] },
	};
	return { type: 'object', properties: { repaired: forms[formOf(part)] } };
}

const saidLines = z.array(z.string());

/** What a model wrote for a part, as it is to stand in the source, laid out like the part. Throws RECORDS_INVALID where it is in no such form. */
export function repairedText(reply: string, part: PartText): string {
	try {
		const said = readJson(reply);
		const repaired = said.kind === 'mapping' ? said.entries.find(({ key }) => key.kind === 'text' && key.value === 'repaired')?.value : undefined;
		if (repaired === undefined) throw new Error('The reply has no "repaired".');
		if (formOf(part) === 'lines') return saidLines.parse(JSON.parse(writeJson(repaired))).join('\n');
		return jsonText(repaired, part);
	} catch (error) {
		throw failure('RECORDS_INVALID', { reason: 'malformed' }, error);
	}
}

/** JSON with the digits as they were written; a part of several lines is laid out in lines. */
function jsonText(value: Value, { text, holds }: PartText): string {
	const indent = text.includes('\n') ? 2 : 0;
	const margin = indent === 0 ? '' : (/\n([ \t]*)\S[^\n]*$/.exec(text)?.[1] ?? '');
	const laidOut = (one: Value) => writeJson(one, { indent }).replaceAll('\n', `\n${margin}`);
	const member = ({ key, value: held }: Entry) => `${writeJson(key)}: ${laidOut(held)}`;
	if (holds === 'value') return laidOut(value);
	const items = value.kind === 'mapping' ? value.entries.map(member) : value.kind === 'sequence' ? value.items.map(laidOut) : [];
	if (items.length === 0) throw new Error('The reply is empty.');
	return items.join(indent === 0 ? ', ' : `,\n${margin}`);
}
