import fc from 'fast-check';
import type { Aside, Carried, Document, Element, Entry, Reading, Scalar, Value } from './middle.ts';

/** Texts that readers trip over, among ordinary ones. */
const traps = [
	...[
		'',
		' ',
		'no',
		'Yes',
		'null',
		'~',
		'007',
		'0x1F',
		'0o14',
		'1_000',
		'1:30',
		'1e3',
		'.inf',
		'<<',
		'=',
		'- a',
		'a: b',
		'a #b',
		'#',
		'---',
		'...',
		'%YAML',
		'? a',
	],
	...[
		'*a',
		'&a',
		'!a',
		'|',
		'>',
		'@',
		'`',
		'"',
		"'",
		'[',
		'{',
		']]>',
		'&amp;',
		'<a/>',
		'__proto__',
		'constructor',
		'$type',
		'@id',
		'#text',
		'\\',
		'\\n',
		'2001-12-14',
	],
	...['\n', '\r\n', 'a\nb\n', ' a', 'a ', '\ta', 'a\n b', '\u0000', '\u001b', '\ud800', '\udc00a', '\u2028', '\ufeff', '\u0085', '\ufffe', '😀', 'é', 'é'],
];

export const anyText = fc.oneof(
	{ weight: 2, arbitrary: fc.constantFrom(...traps) },
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.string({ maxLength: 200 }),
);

const line = fc.string({ maxLength: 20 });
const anchor = fc.stringMatching(/^[a-z]{1,3}$/);

const carried: fc.Arbitrary<Carried> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({}) },
	fc.record(
		{ before: fc.array(line, { minLength: 1, maxLength: 2 }), after: line, anchor, tag: fc.constantFrom('!local', 'tag:yaml.org,2002:set') },
		{ requiredKeys: [] },
	),
);

export const anyNumber = fc.oneof(
	fc.constantFrom('0', '-0', '1.10', '1.0', '1e400', '-1E-7', '12345678901234567890', '9007199254740993', '0.1e+2'),
	fc.integer().map(String),
	fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
	fc.constant<Scalar>({ kind: 'null' }),
	fc.boolean().map((value): Scalar => ({ kind: 'boolean', value })),
	anyNumber.map((literal): Scalar => ({ kind: 'number', literal })),
	fc.constantFrom<Scalar>(
		...(['inf', '-inf', 'nan'] as const).map((literal): Scalar => ({ kind: 'number', literal })),
		{ kind: 'number', literal: '31', written: '0x1F' },
		{ kind: 'number', literal: '1000', written: '1_000' },
		{ kind: 'moment', type: 'date', literal: '1979-05-27' },
		{ kind: 'moment', type: 'time', literal: '07:32:00' },
		{ kind: 'moment', type: 'dateTime', literal: '1979-05-27T00:32:00.999999-07:00' },
		{ kind: 'moment', type: 'localDateTime', literal: '1979-05-27T07:32:00' },
	),
	fc.uint8Array({ maxLength: 10 }).map((bytes): Scalar => ({ kind: 'binary', bytes })),
	{ weight: 4, arbitrary: anyText.map((value): Scalar => ({ kind: 'text', value })) },
);

function laden<V extends Value>(value: fc.Arbitrary<V>): fc.Arbitrary<V> {
	return fc.tuple(value, carried).map(([held, extra]) => ({ ...held, ...extra }));
}

/** Any value of the middle that is data, with all that it may carry. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthIdentifier: 'value' },
		laden(scalar),
		laden(fc.array(tie('value'), { maxLength: 4 }).map((items): Value => ({ kind: 'sequence', items }))),
		laden(
			fc
				.array(fc.tuple(fc.oneof({ weight: 6, arbitrary: anyText.map((value): Value => ({ kind: 'text', value })) }, tie('value')), tie('value')), {
					maxLength: 4,
				})
				.map(mappingOf),
		),
		anchor.map((name): Value => ({ kind: 'alias', anchor: name })),
	),
})).value;

function mappingOf(pairs: [Value, Value][]): Value {
	return { kind: 'mapping', entries: pairs.map(([key, value]): Entry => ({ key, value })) };
}

/** What JSON itself can say, each key once. */
export const anyPlain: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthIdentifier: 'plain' },
		fc.constant<Value>({ kind: 'null' }),
		fc.boolean().map((value): Value => ({ kind: 'boolean', value })),
		anyNumber.map((literal): Value => ({ kind: 'number', literal })),
		anyText.map((value): Value => ({ kind: 'text', value })),
		fc.array(tie('value'), { maxLength: 4 }).map((items): Value => ({ kind: 'sequence', items })),
		fc
			.uniqueArray(fc.tuple(anyText, tie('value')), { maxLength: 4, selector: ([key]) => key })
			.map((pairs) => mappingOf(pairs.map(([key, value]) => [{ kind: 'text', value: key }, value]))),
	),
})).value;

const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,5}$/);

const aside: fc.Arbitrary<Aside> = fc.oneof(
	anyText.map((text): Aside => ({ kind: 'characters', text })),
	line.map((text): Aside => ({ kind: 'comment', text })),
	line.map((text): Aside => ({ kind: 'cdata', text })),
	fc.tuple(name, line).map(([target, text]): Aside => ({ kind: 'instruction', target, text })),
);

const element: fc.Arbitrary<Element> = fc.letrec<{ element: Element }>((tie) => ({
	element: fc
		.record({
			kind: fc.constant('element' as const),
			name,
			attributes: fc.uniqueArray(fc.record({ name, value: anyText }), { maxLength: 3, selector: (attribute) => attribute.name }),
			content: fc.oneof(
				{ maxDepth: 3, depthIdentifier: 'element' },
				fc.constant<Element['content']>([]),
				fc.array<Element | Aside>(fc.oneof(aside, tie('element')), { maxLength: 4 }),
			),
		})
		.map((made): Element => made),
})).element;

const document: fc.Arbitrary<Document> = fc
	.record(
		{ root: fc.oneof({ weight: 3, arbitrary: anyValue }, element), prolog: fc.array(aside, { minLength: 1, maxLength: 2 }), declaration: line },
		{ requiredKeys: ['root'] },
	)
	.map((made): Document => made);

/** Any reading: data or markup, one document or several. */
export const anyReading: fc.Arbitrary<Reading> = fc.oneof(
	{ weight: 4, arbitrary: anyValue.map((root): Reading => ({ documents: [{ root }] })) },
	{ weight: 2, arbitrary: element.map((root): Reading => ({ documents: [{ root }] })) },
	fc.array(document, { maxLength: 3 }).map((documents): Reading => ({ documents })),
);
