import { failure } from '#contract/errors.ts';
import type { JsonSchema } from '../../engine/engine.ts';

/** Words that say nothing of the shape. */
const remarks = new Set(['title', 'description', 'default', 'examples', '$schema', '$id', '$comment', 'deprecated', 'readOnly', 'writeOnly']);
const plainTypes = new Set(['string', 'number', 'integer', 'boolean', 'null']);
/** Beside `type`, what is understood of each type. */
const wordsOf: Record<string, readonly string[]> = {
	string: ['minLength', 'maxLength', 'format'],
	object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
	array: ['items', 'prefixItems', 'minItems', 'maxItems'],
};
const formats = new Set(['date-time', 'time', 'date']);

/**
 * Turns a JSON schema into the form that the engine makes a grammar of, so that an answer can have no other shape.
 *
 * What a grammar cannot keep (`pattern`, `minimum`, `allOf` and the like) is refused, with its place, rather than passed over: an answer
 * would then have another shape than was asked for. An object gets no properties beside those named unless `additionalProperties` allows
 * them. Throws INVALID_INPUT with paths that begin with `path`.
 */
export function answerSchema(schema: unknown, path: string): JsonSchema {
	const { $defs, definitions, ...rest } = objectAt(schema, path);
	const shape = convert(rest, path);
	const named = {
		...(definitions === undefined ? {} : objectAt($defs ?? {}, `${path}.$defs`)),
		...($defs === undefined ? {} : objectAt($defs, `${path}.$defs`)),
	};
	if (definitions !== undefined) refuse(`${path}.definitions`, 'Name what is used again under "$defs".');
	if (Object.keys(named).length === 0) return shape;
	if (!('type' in shape) || (shape.type !== 'object' && shape.type !== 'array'))
		refuse(`${path}.$defs`, 'A schema with "$defs" must be an object or an array.');
	return { ...shape, $defs: mapValues(named, (inner, name) => convert(inner, `${path}.$defs.${name}`)) };
}

/** A part of a schema with what is said of it, which models are told where it is that of a function's arguments. */
function convert(schema: unknown, path: string): JsonSchema {
	const { description } = objectAt(schema, path);
	return { ...convertShape(schema, path), ...(typeof description === 'string' ? { description } : {}) };
}

function convertShape(schema: unknown, path: string): JsonSchema {
	const given = Object.fromEntries(Object.entries(objectAt(schema, path)).filter(([word]) => !remarks.has(word)));
	if ('$ref' in given) return converted(given, ['$ref'], path, () => ({ $ref: referenceAt(given.$ref, `${path}.$ref`) }));
	if ('const' in given) return converted(given, ['const', 'type'], path, () => ({ const: literalAt(given.const, `${path}.const`) }));
	if ('enum' in given)
		return converted(given, ['enum', 'type'], path, () => ({
			enum: listAt(given.enum, `${path}.enum`).map((value, at) => literalAt(value, `${path}.enum.${at}`)),
		}));
	for (const word of ['anyOf', 'oneOf']) {
		if (word in given)
			return converted(given, [word], path, () => ({
				oneOf: listAt(given[word], `${path}.${word}`).map((inner, at) => convert(inner, `${path}.${word}.${at}`)),
			}));
	}
	const { type } = given;
	if (Array.isArray(type)) return convertUnion(given, type, path);
	if (typeof type !== 'string') return refuse(`${path}.type`, 'Each part of a schema needs a "type", an "enum", a "const", an "anyOf" or a "$ref".');
	if (!plainTypes.has(type) && !Object.hasOwn(wordsOf, type)) return refuse(`${path}.type`, `A schema has no type "${type.slice(0, 40)}".`);
	return converted(given, ['type', ...(wordsOf[type] ?? [])], path, () => convertTyped(given, type, path));
}

/** `["string", "null"]` and the like: of plain types the engine takes it as it is, else it is one of several shapes. */
function convertUnion(given: Record<string, unknown>, types: readonly unknown[], path: string): JsonSchema {
	if (types.length === 0) refuse(`${path}.type`, 'A list of types needs at least one.');
	if (types.length === 1) return convert({ ...given, type: types[0] }, path);
	if (Object.keys(given).length === 1 && types.every((type) => typeof type === 'string' && plainTypes.has(type))) return { type: types as string[] };
	const ofType = (type: unknown) =>
		Object.fromEntries(Object.entries(given).filter(([word]) => Object.entries(wordsOf).every(([other, words]) => other === type || !words.includes(word))));
	return { oneOf: types.map((type) => convert({ ...ofType(type), type }, path)) };
}

function convertTyped(given: Record<string, unknown>, type: string, path: string): JsonSchema {
	if (type === 'object') return convertObject(given, path);
	if (type === 'array') return convertArray(given, path);
	if (type !== 'string') return { type };
	const { format } = given;
	if (format === undefined) return { type, ...counts(given, ['minLength', 'maxLength'], path) };
	if (typeof format !== 'string' || !formats.has(format)) refuse(`${path}.format`, 'Only the formats date-time, date and time are kept.');
	if ('minLength' in given || 'maxLength' in given) refuse(`${path}.format`, 'A text with a format has no length of its own.');
	return { type, format };
}

function convertObject(given: Record<string, unknown>, path: string): JsonSchema {
	const properties = mapValues(objectAt(given.properties ?? {}, `${path}.properties`), (inner, name) => convert(inner, `${path}.properties.${name}`));
	const required = given.required === undefined ? [] : listAt(given.required, `${path}.required`, 0).map(String);
	const unknown = required.find((name) => !Object.hasOwn(properties, name));
	if (unknown !== undefined) refuse(`${path}.required`, `"${unknown.slice(0, 100)}" is not among the properties.`);
	const more = given.additionalProperties ?? false;
	const additionalProperties = typeof more === 'boolean' ? more : convert(more, `${path}.additionalProperties`);
	return { type: 'object', properties, required, additionalProperties, ...counts(given, ['minProperties', 'maxProperties'], path) };
}

function convertArray(given: Record<string, unknown>, path: string): JsonSchema {
	const items = given.items === undefined ? {} : { items: convert(given.items, `${path}.items`) };
	const first =
		given.prefixItems === undefined
			? {}
			: { prefixItems: listAt(given.prefixItems, `${path}.prefixItems`).map((inner, at) => convert(inner, `${path}.prefixItems.${at}`)) };
	if (given.items === undefined && given.prefixItems === undefined) refuse(`${path}.items`, 'A list needs the schema of its items.');
	return { type: 'array', ...items, ...first, ...counts(given, ['minItems', 'maxItems'], path) };
}

function converted(given: Record<string, unknown>, words: readonly string[], path: string, make: () => JsonSchema): JsonSchema {
	const other = Object.keys(given).find((word) => !words.includes(word));
	if (other !== undefined) refuse(`${path}.${other.slice(0, 100)}`, 'A grammar cannot keep this here, so it is not taken.');
	return make();
}

function counts(given: Record<string, unknown>, words: readonly string[], path: string): JsonSchema {
	const named = words.filter((word) => given[word] !== undefined);
	return Object.fromEntries(
		named.map((word) => {
			const count = given[word];
			if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 10_000)
				return refuse(`${path}.${word}`, 'This must be a whole number from 0 to 10000.');
			return [word, count];
		}),
	);
}

function objectAt(value: unknown, path: string): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(path, 'This must be an object.');
	return value as Record<string, unknown>;
}

function listAt(value: unknown, path: string, least = 1): unknown[] {
	if (!Array.isArray(value) || value.length < least || value.length > 1000) return refuse(path, `This must be a list of ${least} to 1000 entries.`);
	return value;
}

function literalAt(value: unknown, path: string): string | number | boolean | null {
	if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	return refuse(path, 'This must be a text, a number, true, false or null.');
}

function referenceAt(value: unknown, path: string): string {
	if (typeof value !== 'string' || !value.startsWith('#/$defs/')) return refuse(path, 'A reference must begin with "#/$defs/".');
	return value;
}

function mapValues(of: Record<string, unknown>, change: (value: unknown, name: string) => JsonSchema): Record<string, JsonSchema> {
	return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value, name)]));
}

function refuse(path: string, message: string): never {
	throw failure('INVALID_INPUT', { issues: [{ path, message }] });
}
