import { mostFields, type RecordField } from '#contract/convertRecords.ts';

/** What of a JSON Schema became fields, and what did not, by its name. */
export interface SchemaFields {
	fields: RecordField[];
	/** Properties that no field can be: lists, mappings, choices between kinds. */
	left: { name: string; kind: string }[];
}

/** Why a text gives no fields. */
export type SchemaRefusal = 'notJson' | 'noProperties';

type Json = Record<string, unknown>;

/**
 * The fields that a JSON Schema describes: the properties of an object, of the items of a list, or of the items of the only list in an object. A text,
 * a number, an integer, a boolean, and a text that is a date become fields, with what their description, values and title say; `required` makes no
 * difference, as what a text does not say is null.
 */
export function schemaFields(text: string): SchemaFields | SchemaRefusal {
	let schema: unknown;
	try {
		schema = JSON.parse(text);
	} catch {
		return 'notJson';
	}
	const properties = propertiesOf(schema);
	if (properties === null) return 'noProperties';
	const fields: RecordField[] = [];
	const left: SchemaFields['left'] = [];
	for (const [name, property] of Object.entries(properties)) {
		const type = typeOf(property);
		const isNamed = name.trim() !== '' && name.trim().length <= 60 && !fields.some((field) => field.name === name.trim());
		if (typeof type === 'object' || !isNamed || fields.length >= mostFields) left.push({ name, kind: typeof type === 'object' ? type.kind : 'name' });
		else fields.push({ name: name.trim(), type, note: noteOf(property) });
	}
	return fields.length === 0 && left.length === 0 ? 'noProperties' : { fields, left };
}

/** The properties of a record; null where a schema speaks of none. */
function propertiesOf(schema: unknown): Json | null {
	if (!isObject(schema)) return null;
	if (isObject(schema.items)) return propertiesOf(schema.items);
	if (!isObject(schema.properties)) return null;
	const values = Object.values(schema.properties);
	const [only] = values;
	return values.length === 1 && isObject(only) && isObject(only.items) ? (propertiesOf(only.items) ?? schema.properties) : schema.properties;
}

function typeOf(property: unknown): RecordField['type'] | { kind: string } {
	if (!isObject(property)) return { kind: 'any' };
	const types = [property.type].flat().filter((type) => type !== 'null');
	const [type] = types;
	if (types.length > 1 || typeof (type ?? '') !== 'string') return { kind: 'several' };
	switch (type) {
		case 'string':
			return property.format === 'date' ? 'date' : 'text';
		case 'number':
		case 'integer':
			return type;
		case 'boolean':
			return 'truth';
		case undefined:
			return Array.isArray(property.enum) && property.enum.every((value) => typeof value === 'string') ? 'text' : { kind: kindOf(property) };
		default:
			return { kind: String(type).slice(0, 40) };
	}
}

function kindOf(property: Json): string {
	return ['$ref', 'oneOf', 'anyOf', 'allOf', 'const'].find((word) => word in property) ?? 'any';
}

function noteOf(property: unknown): string {
	if (!isObject(property)) return '';
	const said = [property.description, property.title].find((text) => typeof text === 'string') ?? '';
	const values = Array.isArray(property.enum)
		? property.enum
				.filter((value) => value !== null)
				.map(String)
				.join(', ')
		: '';
	return [String(said).trim(), values].filter(Boolean).join(': ').replace(/\s+/g, ' ').slice(0, 200);
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
