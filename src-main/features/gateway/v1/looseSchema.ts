import type { JsonSchema } from '../../engine/engine.ts';
import { answerSchema } from './answerSchema.ts';

type Schema = Record<string, unknown>;

const plainTypes = ['string', 'number', 'integer', 'boolean', 'null'];
const keptFormats = ['date-time', 'time', 'date'];
const mostCounted = 10_000;

const plainValue = { type: ['string', 'number', 'boolean', 'null'] };
/** Where a schema says nothing that a grammar can keep. */
const anyValue = { anyOf: [plainValue, { type: 'object', additionalProperties: true }, { type: 'array', items: plainValue }] };

/**
 * Turns a JSON schema into the form that the engine makes a grammar of, as far as a grammar can keep it: of what says more, such as `pattern` or
 * `minimum`, the rest is kept. For the arguments of functions, whose schema the model reads as well, and whose caller checks them.
 *
 * Throws INVALID_INPUT with paths that begin with `path` for what is no schema at all.
 */
export function looseSchema(schema: Schema, path: string): JsonSchema {
	const { $defs, definitions, ...rest } = schema;
	const named = { ...objectOr(definitions), ...objectOr($defs) };
	return answerSchema({ ...loosen(rest), ...(Object.keys(named).length > 0 ? { $defs: each(named) } : {}) }, path);
}

function loosen(schema: unknown): Schema {
	if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return anyValue;
	const given = schema as Schema;
	const { description } = given;
	return { ...loosenShape(given), ...(typeof description === 'string' ? { description } : {}) };
}

function loosenShape(given: Schema): Schema {
	const { $ref, const: only, enum: values, anyOf, oneOf = anyOf, allOf, type = typeMeant(given) } = given;
	if ($ref !== undefined) return typeof $ref === 'string' && referenced.test($ref) ? { $ref: $ref.replace(referenced, '#/$defs/') } : anyValue;
	if (isLiteral(only)) return { const: only };
	if (Array.isArray(values) && values.length > 0 && values.every(isLiteral)) return { enum: values };
	if (Array.isArray(oneOf) && oneOf.length > 0) return { anyOf: oneOf.map(loosen) };
	if (Array.isArray(allOf) && allOf.length === 1) return loosen(allOf[0]);
	if (Array.isArray(type)) return type.length > 0 ? { anyOf: type.map((each) => loosen({ ...given, type: each })) } : anyValue;
	if (type === 'object') return loosenObject(given);
	if (type === 'array') return loosenArray(given);
	if (type === 'string') return { type, ...textLimits(given) };
	return plainTypes.includes(String(type)) ? { type } : anyValue;
}

const referenced = /^#\/(?:\$defs|definitions)\//;

/** A schema may leave out the type that its other words are about. */
function typeMeant({ properties, items }: Schema): string | undefined {
	if (properties !== undefined) return 'object';
	return items === undefined ? undefined : 'array';
}

function loosenObject({ properties, required, additionalProperties: more = false }: Schema): Schema {
	const known = each(objectOr(properties));
	return {
		type: 'object',
		properties: known,
		required: Array.isArray(required) ? required.filter((name) => Object.hasOwn(known, String(name))) : [],
		additionalProperties: typeof more === 'boolean' ? more : loosen(more),
	};
}

function loosenArray({ items, prefixItems, minItems, maxItems }: Schema): Schema {
	return {
		type: 'array',
		...(Array.isArray(prefixItems) && prefixItems.length > 0 ? { prefixItems: prefixItems.map(loosen) } : {}),
		items: loosen(items),
		...counted({ minItems, maxItems }),
	};
}

function textLimits({ format, minLength, maxLength }: Schema): Schema {
	return keptFormats.includes(String(format)) ? { format } : counted({ minLength, maxLength });
}

function counted(limits: Schema): Schema {
	return Object.fromEntries(Object.entries(limits).filter(([, count]) => Number.isInteger(count) && Number(count) >= 0 && Number(count) <= mostCounted));
}

function each(of: Schema): Record<string, Schema> {
	return Object.fromEntries(Object.entries(of).map(([name, inner]) => [name, loosen(inner)]));
}

function objectOr(value: unknown): Schema {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function isLiteral(value: unknown): boolean {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
