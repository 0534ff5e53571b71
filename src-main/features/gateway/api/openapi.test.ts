import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenedGateway, openGateway } from '../openGateway.test-support.ts';

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: unknown[];
	const?: unknown;
	anyOf?: Schema[];
	oneOf?: Schema[];
	minimum?: number;
	maximum?: number;
	minLength?: number;
	maxLength?: number;
	maxItems?: number;
	default?: unknown;
}
interface Operation {
	operationId: string;
	parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }[];
	requestBody?: { content: { 'application/json': { schema: Schema } } };
	responses: Record<string, { content: { 'application/json': { schema: object } } }>;
}
interface Described {
	method: 'GET' | 'POST';
	path: string;
	operation: Operation;
}

let gateway: OpenedGateway;
let key: string;
let document: { paths: Record<string, Record<string, Operation>> };
let described: Described[];
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
beforeAll(async () => {
	gateway = await openGateway();
	const scopes = ['chat', 'convert', 'engine', 'grading', 'jobs', 'ledger', 'library', 'people', 'subtitles'] as const;
	key = await gateway.key(gateway.stage.olga, { scopes: [...scopes] });
	document = (await (await fetch(`${gateway.origin}/openapi.json`)).json()) as typeof document;
	ajv.addSchema({ $id: 'api', ...document });
	described = Object.entries(document.paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase() as 'GET' | 'POST', path, operation })),
	);
});
afterAll(() => gateway?.close());

test('the description is OpenAPI that a validator accepts, of every route of the design documents', async () => {
	expect(await new Validator().validate(document)).toEqual({ valid: true });
	const routes = described.map(({ method, path }) => `${method} ${path}`);
	const wanted = ['POST auth/register', 'POST auth/login', 'GET auth/profile', 'GET models', 'POST models/{name}/start', 'POST models/{name}/stop'];
	const more = ['POST models/{name}/chat', 'GET tasks/formats', 'POST tasks/convert', 'POST tasks/homework', 'POST tasks/subtitle'];
	for (const route of [...wanted, ...more].map((name) => name.replace(' ', ' /api/v1/'))) expect(routes).toContain(route);
	expect(routes).toContain('GET /health');
	expect(new Set(described.map(({ operation }) => operation.operationId)).size).toBe(described.length);
});

/** Whether an answer is one that the description knows for this route, and of the form that it tells. */
async function check({ method, path, operation }: Described, place: string, body: unknown): Promise<number> {
	const response = await fetch(`${gateway.origin}${place}`, {
		method,
		headers: { authorization: `Bearer ${key}`, ...(method === 'POST' && { 'content-type': 'application/json' }) },
		...(method === 'POST' && { body: JSON.stringify(body) }),
	});
	const answer = await response.json();
	const told = operation.responses[response.status];
	if (!told) throw new Error(`${method} ${path} answers with ${response.status}, which is not described: ${JSON.stringify(answer).slice(0, 500)}`);
	const pointer = ['paths', path, method.toLowerCase(), 'responses', String(response.status), 'content', 'application/json', 'schema'];
	const reference = `api#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
	const validate = ajv.getSchema(reference);
	if (!validate) throw new Error(`there is no schema at ${reference}`);
	if (!validate(answer))
		throw new Error(`${method} ${path} (${response.status}): ${JSON.stringify(validate.errors).slice(0, 800)} in ${JSON.stringify(answer).slice(0, 500)}`);
	if (response.status >= 500 && response.status !== 502 && response.status !== 504) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
	return response.status;
}

/** Values that a schema allows, mostly small ones: what is sent is to be done within moments. */
function valid(schema: Schema, name = ''): fc.Arbitrary<unknown> {
	if (schema.default !== undefined && typeof schema.default === 'object') return fc.constant(schema.default);
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum) return fc.constantFrom(...schema.enum);
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return fc.oneof(...choices.map((choice) => valid(choice, name)));
	// A load and an answer take as long as these say.
	if (name === 'wait_seconds') return fc.constant(0);
	if (name === 'max_tokens') return fc.integer({ min: 1, max: 4 });
	if (name === 'name' || name === 'model') return fc.constantFrom(gateway.brief.name, gateway.brief.id, 'none', 'a/b', '..', '%');
	const type = [schema.type].flat()[0];
	if (type === 'integer') return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 4096) });
	if (type === 'number') return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 5, noNaN: true });
	if (type === 'boolean') return fc.boolean();
	if (type === 'null') return fc.constant(null);
	if (type === 'array') return fc.array(valid(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
	if (type === 'object') return validObject(schema);
	const texts = ['Hello', '{"a":[1,2]}', 'a,b\n1,2\n', '1\n00:00:01,000 --> 00:00:02,000\nHi\n', '<a/>', '光', 'de', '$.a', ';'];
	return fc.oneof(fc.constantFrom(...texts), fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 40), unit: 'binary' }));
}

function validObject({ properties = {}, required = [] }: Schema): fc.Arbitrary<Record<string, unknown>> {
	const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valid(field, name)]));
	return fc.record(fields, { requiredKeys: required });
}

/** Whatever may be sent, and is mostly refused. */
const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 3 }),
	fc.constantFrom({ __proto__: { admin: true } }, { constructor: { prototype: 1 } }, Array(100).fill(null), { name: {} }, 2 ** 60, '\u0000', '\ud800'),
);

function inputOf({ method, path, operation }: Described, kind: 'valid' | 'invalid'): fc.Arbitrary<{ place: string; body: unknown }> {
	const { parameters = [], requestBody } = operation;
	const text = fc.oneof(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }), fc.constantFrom('x', '..', '%00', 'a/b', gateway.brief.id));
	const fields = parameters.map(({ name, schema, in: place, required }) => {
		const value = kind === 'valid' ? valid(schema, name) : fc.oneof(valid(schema, name), text);
		return fc.tuple(fc.constant({ name, place }), required ? value : fc.option(value, { nil: undefined }));
	});
	const schema = requestBody?.content['application/json'].schema;
	const mixed = schema ? fc.tuple(validObject(schema), fc.dictionary(fc.constantFrom(...Object.keys(schema.properties ?? { x: 1 }), 'other'), anything)) : null;
	const wrong = fc.oneof(anything, ...(mixed ? [mixed.map(([good, bad]) => ({ ...good, ...bad }))] : []));
	const bodies = method === 'GET' ? fc.constant(undefined) : kind === 'valid' ? (schema ? validObject(schema) : fc.constant({})) : wrong;
	return fc.tuple(fc.tuple(...fields), bodies).map(([given, body]) => {
		const query = new URLSearchParams();
		let place = path;
		for (const [{ name, place: where }, value] of given) {
			if (where === 'path') place = place.replace(`{${name}}`, encode(String(value)));
			else if (value !== undefined) query.append(name, String(value));
		}
		return { place: query.size > 0 ? `${place}?${query}` : place, body };
	});
}

/** Half a letter cannot be written into an address; and one that ends in dots is another address, before it is sent. */
function encode(text: string): string {
	return ['.', '..'].includes(text) ? 'x' : encodeURIComponent(text.toWellFormed());
}

test('every route answers whatever is sent with what its description tells, and never with a fault of its own', async () => {
	const met = new Set<number>();
	for (const route of described) {
		for (const kind of ['valid', 'invalid'] as const) {
			const property = fc.asyncProperty(inputOf(route, kind), async ({ place, body }) => {
				met.add(await check(route, place, body));
			});
			// All of them together stay within what one address may ask in a minute.
			const numRuns = process.env.HOMEROOM_SOAK ? 90 : 8;
			await fc.assert(property, { numRuns, endOnFailure: true });
		}
	}
	// Chance does not break a source each time.
	const convert = described.find(({ path }) => path === '/api/v1/tasks/convert');
	if (convert) met.add(await check(convert, convert.path, { content: '{"a"', from_format: 'json', to_format: 'yaml' }));
	expect([...met]).toEqual(expect.arrayContaining([200, 400, 404, 422]));
	expect(gateway.stage.logged.filter((line) => line.includes('a handler failed') || line.includes('a request of a program failed'))).toEqual([]);
}, 300_000);
