import { Ajv, type ErrorObject, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { SchemaProblem } from '#contract/convertReport.ts';
import { failure } from '#contract/errors.ts';
import { plainOf, valueAt } from './plainOf.ts';
import type { SourceData } from './readData.ts';

/** Nothing is logged, nothing is fetched, and words that the validator does not know are no error. */
const options: Options = { allErrors: true, strict: false, logger: false, validateSchema: true, ownProperties: true };

/** Checks data by a JSON Schema (draft 7, 2019-09 or 2020-12, as it says itself): every problem with its line, and of records with which one it is. */
export function checkSchema({ root, placeOf }: SourceData, schemaText: string): SchemaProblem[] {
	const validate = compile(schemaText);
	validate(plainOf(root));
	return (validate.errors ?? []).map((error) => {
		const location = stepsOf(error.instancePath);
		const at = nearest(root, location);
		const place = at === null ? null : placeOf(at);
		const [first] = location;
		const row = root.kind === 'sequence' && first !== undefined ? Number(first) + 1 : null;
		return { path: error.instancePath, keyword: error.keyword, message: messageOf(error), line: place?.line ?? null, column: place?.column ?? null, row };
	});
}

/** Throws SCHEMA_INVALID. */
function compile(schemaText: string) {
	try {
		const schema: unknown = JSON.parse(schemaText);
		if (typeof schema !== 'boolean' && (typeof schema !== 'object' || schema === null || Array.isArray(schema)))
			throw new Error('A schema is an object, true or false.');
		const version = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
		const ajv = /draft-0[4-7]/.test(version) ? new Ajv(options) : version.includes('2019-09') ? new Ajv2019(options) : new Ajv2020(options);
		addFormats.default(ajv);
		return ajv.compile(schema);
	} catch (error) {
		throw failure('SCHEMA_INVALID', { detail: error instanceof Error ? error.message.slice(0, 500) : '' });
	}
}

function messageOf({ message = '', keyword, params }: ErrorObject): string {
	if (keyword === 'additionalProperties') return `${message}: ${JSON.stringify(params.additionalProperty)}`;
	if (keyword === 'enum') return `${message}: ${JSON.stringify(params.allowedValues).slice(0, 200)}`;
	return message;
}

function stepsOf(pointer: string): string[] {
	return pointer
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Where the value stands, or what it lies in, as of one that is missing. */
function nearest(root: SourceData['root'], location: readonly string[]): number | null {
	for (let length = location.length; length >= 0; length--) {
		const value = valueAt(root, location.slice(0, length));
		if (value?.at !== undefined) return value.at;
	}
	return null;
}
