import fc from 'fast-check';
import { contract } from '#contract/contract.ts';

/** A frame to send and the id it must be answered under; null where a frame tells none that can be read. */
export interface HostileFrame {
	kind: string;
	frame: string | Uint8Array;
	id: string | null;
}

/** What each procedure of the contract takes, by its path; null where it takes nothing. */
const inputs = new Map<string, { safeParse(value: unknown): { success: boolean }; shape?: object } | null>();
for (const [feature, procedures] of Object.entries(contract)) {
	for (const [name, procedure] of Object.entries(procedures)) {
		// Every input of the contract is a zod schema (define.ts), which oRPC's types no longer tell.
		const schema = procedure['~orpc'].inputSchema as unknown as { safeParse(value: unknown): { success: boolean }; shape?: object } | undefined;
		inputs.set(`/${feature}/${name}`, schema ?? null);
	}
}
const taking = [...inputs].flatMap(([path, schema]) => (schema ? [{ path, schema }] : []));

let next = 0;
const freshId = () => `hostile-${next++}`;
const frameOf = (path: string, body: unknown, more: object = {}): { frame: string; id: string } => {
	const id = freshId();
	return { id, frame: JSON.stringify({ i: id, p: { u: path, b: body, ...more } }) };
};

const nasty = fc.constantFrom<unknown>(
	'',
	'\u0000',
	'\ud800',
	'\u202e',
	'../../secret',
	"'; DROP TABLE account; --",
	'{{constructor}}',
	'<%= 7 %>',
	'CON',
	'🧑‍🏫'.repeat(100),
	-0,
	-1,
	2 ** 53,
	1e308,
	0.1,
	null,
	true,
	[],
	{},
	[[]],
	[null, null],
);
const keys = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'toJSON', 'length', '0', ''),
	fc.string({ maxLength: 8 }),
);
const junk = fc.letrec((tie) => ({
	any: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		nasty,
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.double(),
		fc.integer(),
		tie('list'),
		tie('record'),
	),
	list: fc.array(tie('any'), { maxLength: 5 }),
	record: fc.array(fc.tuple(keys, tie('any')), { maxLength: 5 }).map((entries) => {
		const record: Record<string, unknown> = {};
		// An own key named `__proto__` is what JSON.parse makes of it.
		for (const [key, value] of entries) Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
		return record;
	}),
})).any;

/** Inputs that a procedure refuses: junk, junk under the very keys it knows, and a known shape with a key too many. */
const wrongInput = fc.constantFrom(...taking).chain(({ path, schema }) => {
	const known = Object.keys(schema.shape ?? {});
	const underKnownKeys = fc
		.array(junk, { minLength: known.length, maxLength: known.length })
		.map((values) => Object.fromEntries(known.map((key, at) => [key, values[at]])));
	return fc
		.oneof(
			junk,
			underKnownKeys,
			underKnownKeys.map((value) => ({ ...value, isAdmin: true })),
		)
		.filter((input) => refuses(schema, JSON.parse(JSON.stringify(input))))
		.map((input) => ({ kind: 'wrong input', ...frameOf(path, { json: input }) }));
});

const hugeText = fc
	.tuple(fc.constantFrom(...taking), fc.integer({ min: 200_000, max: 10_000_000 }))
	.map(([{ path }, length]) => ({ kind: 'huge text', ...frameOf(path, { json: 'x'.repeat(length) }) }));
const hugeKey = fc.constantFrom(...taking).map(({ path }) => ({ kind: 'huge key', ...frameOf(path, { json: { ['k'.repeat(1_000_000)]: 1 } }) }));

const deep = fc.tuple(fc.constantFrom(...inputs.keys()), fc.integer({ min: 65, max: 200_000 }), fc.constantFrom('[]', '{}')).map(([path, levels, [open]]) => {
	const id = freshId();
	const body = open === '[' ? '['.repeat(levels) + ']'.repeat(levels) : `${'{"a":'.repeat(levels)}null${'}'.repeat(levels)}`;
	return { kind: 'deep nesting', id, frame: `{"i":"${id}","p":{"u":"${path}","b":{"json":${body}}}}` };
});

const unknownProcedure = fc
	.oneof(
		fc.string({ maxLength: 30 }).map((text) => `/${text}`),
		fc.constantFrom(
			'/',
			'//',
			'/__proto__/toString',
			'/chat',
			'/chat/',
			'/chat/__proto__',
			'/chat/list/x',
			'/CHAT/LIST',
			'/chat%2Flist',
			'/chat/list%00',
			'/constructor/constructor',
			'/accounts/me/../rename',
			'/~orpc',
			'/accounts/~orpc',
		),
	)
	.filter((path) => !inputs.has(new URL(`http://orpc${path}`.replace(/\s/g, '_')).pathname.replace(/\/$/, '')))
	.map((path) => ({ kind: 'unknown procedure', ...frameOf(path, { json: {} }) }));

/** Metadata of oRPC's serializer that lies about the input it comes with. */
const lyingMeta = fc
	.tuple(
		fc.constantFrom(...taking),
		fc.array(fc.array(fc.oneof(fc.integer({ min: -1, max: 9 }), keys, nasty), { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
	)
	.map(([{ path }, meta]) => ({ kind: 'lying metadata', ...frameOf(path, { json: { __proto: 7 }, meta }) }));

const oddRequest = fc
	.tuple(
		fc.constantFrom(...inputs.keys()),
		fc.constantFrom<object>(
			{ m: 'GET' },
			{ m: 'DELETE' },
			{ u: 7 },
			{ u: null },
			{ u: 'http://[' },
			{ u: '' },
			{ b: 7, h: {} },
			{ h: { 'content-type': 'text/event-stream' }, m: 'PUT' },
		),
	)
	.map(([path, more]) => {
		const odd = 'b' in more ? { ...more, m: 'PATCH' } : more;
		return { kind: 'odd request', ...frameOf(path, { json: {} }, odd) };
	});

const brokenText = fc
	.oneof(
		fc.string({ maxLength: 60 }).filter((text) => !isJson(text)),
		fc.constantFrom(...inputs.keys()).chain((path) => {
			const whole = JSON.stringify({ p: { u: path, b: { json: {} } } });
			return fc.integer({ min: 0, max: whole.length - 1 }).map((end) => whole.slice(0, end));
		}),
		fc.constantFrom('null', '7', '"text"', 'true', '[]', '{}', '{"i":{}}', '{"p":null}', '{"i":7,"t":1}', '{"i":[],"t":99,"p":7}'),
	)
	.map((frame) => ({ kind: 'broken text', frame, id: null }));

const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((frame) => ({ kind: 'bytes', frame, id: null }));
const brokenForm = fc.tuple(fc.constantFrom(...taking), fc.string({ maxLength: 80 })).map(([{ path }, form]) => {
	const id = freshId();
	const head = JSON.stringify({ i: id, p: { u: path, h: { 'content-type': 'multipart/form-data; boundary=x' } } });
	return { kind: 'broken form', id, frame: Buffer.concat([Buffer.from(head), Buffer.from([255]), Buffer.from(`--x\r\n${form}`)]) };
});

/** One frame such as no page of ours sends. */
export const hostileFrame: fc.Arbitrary<HostileFrame> = fc.oneof(
	{ arbitrary: wrongInput, weight: 400 },
	{ arbitrary: unknownProcedure, weight: 120 },
	{ arbitrary: lyingMeta, weight: 100 },
	{ arbitrary: oddRequest, weight: 60 },
	{ arbitrary: brokenText, weight: 120 },
	{ arbitrary: bytes, weight: 60 },
	{ arbitrary: brokenForm, weight: 60 },
	{ arbitrary: deep, weight: 8 },
	{ arbitrary: hugeText, weight: 2 },
	{ arbitrary: hugeKey, weight: 1 },
);

/** zod throws where an object with a `length` that is no number stands in the place of a text: that is a refusal too. */
function refuses(schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean {
	try {
		return !schema.safeParse(value).success;
	} catch {
		return true;
	}
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
