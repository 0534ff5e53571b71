import { failure } from '#contract/errors.ts';
import type { JsonSchema } from '../../engine/engine.ts';

type Schema = Record<string, unknown>;

/**
 * Puts a shape from the form that the engine takes into JSON Schema, which other servers take.
 *
 * The engine's form needs every property and takes no others unless told; here both must be said. `isStrict` keeps to what OpenAI holds
 * answers to (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas): limits on the length of texts are left out, and who
 * reads the answer checks it as that of any model.
 *
 * @throws BAD_GRAMMAR for what OpenAI's subset cannot say.
 */
export function toJsonSchema(shape: JsonSchema, isStrict: boolean): Schema {
	if (isStrict && shape.type !== 'object') throw beyondStrict('the answer itself must be an object');
	return convert(shape, isStrict);
}

function convert(shape: unknown, isStrict: boolean): Schema {
	// The engine's form is an object at each of its places.
	const { oneOf, properties, items, prefixItems, additionalProperties, $defs, required: _all, ...rest } = shape as Schema;
	const inner = (value: unknown) => convert(value, isStrict);
	const each = (value: unknown) => Object.fromEntries(Object.entries(Object(value)).map(([name, part]) => [name, inner(part)]));
	if (isStrict && prefixItems !== undefined) throw beyondStrict('a list whose places differ');
	return {
		...(isStrict ? strictly(rest) : rest),
		...(Array.isArray(oneOf) ? { anyOf: oneOf.map(inner) } : {}),
		...(rest.type === 'object' ? { properties: each(properties), required: Object.keys(Object(properties)), ...othersOf(additionalProperties, isStrict) } : {}),
		...(items === undefined ? {} : { items: inner(items) }),
		...(Array.isArray(prefixItems) ? { prefixItems: prefixItems.map(inner) } : {}),
		...($defs === undefined ? {} : { $defs: each($defs) }),
	};
}

function othersOf(allowed: unknown, isStrict: boolean): Schema {
	if (isStrict && allowed !== undefined && allowed !== false) throw beyondStrict('properties of any name');
	return { additionalProperties: typeof allowed === 'object' && allowed !== null ? convert(allowed, isStrict) : allowed === true };
}

/** Texts lose their limits, and what only lists values gets their type, which OpenAI asks for. */
function strictly({ minLength: _least, maxLength: _most, ...rest }: Schema): Schema {
	if (!Array.isArray(rest.enum) || rest.type !== undefined) return rest;
	const types = [...new Set(rest.enum.map((value) => (value === null ? 'null' : typeof value)))];
	return { type: types.length === 1 ? types[0] : types, ...rest };
}

const beyondStrict = (what: string) => failure('BAD_GRAMMAR', { detail: `this server cannot hold an answer to ${what}` });
