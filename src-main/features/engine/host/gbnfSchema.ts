import { z } from 'zod';

const plain = z.enum(['string', 'number', 'integer', 'boolean', 'null']);
const literal = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const count = z.number().int().min(0);
const rest = { description: z.string().optional() };
const inner = z.lazy(() => gbnfSchema);
const definitions = { $defs: z.record(z.string(), inner).optional() };

/**
 * The form of JSON schema that node-llama-cpp turns into a grammar. It reads what it does not know as `null`, so that a
 * misspelt word would quietly give another shape than the one asked for; this refuses it instead.
 */
export const gbnfSchema: z.ZodType<unknown> = z.union([
	z.strictObject({ const: literal, ...rest }),
	z.strictObject({ enum: z.array(literal).min(1), type: plain.optional(), ...rest }),
	z.strictObject({ oneOf: z.array(inner).min(1), ...rest, ...definitions }),
	z.strictObject({ $ref: z.string().startsWith('#/$defs/'), ...rest }),
	z.strictObject({ type: z.literal('string'), minLength: count.optional(), maxLength: count.optional(), ...rest }),
	z.strictObject({ type: z.literal('string'), format: z.enum(['date-time', 'time', 'date']), ...rest }),
	z.strictObject({ type: z.union([plain, z.array(plain).min(1)]), ...rest }),
	z.strictObject({
		type: z.literal('object'),
		properties: z.record(z.string(), inner).optional(),
		additionalProperties: z.union([z.boolean(), inner]).optional(),
		minProperties: count.optional(),
		maxProperties: count.optional(),
		required: z.array(z.string()).optional(),
		...rest,
		...definitions,
	}),
	z.strictObject({
		type: z.literal('array'),
		items: inner.optional(),
		prefixItems: z.array(inner).optional(),
		minItems: count.optional(),
		maxItems: count.optional(),
		...rest,
		...definitions,
	}),
]);
