import { z } from 'zod';
import { attachedAdapter } from './attachedAdapter.ts';
import { convertLimits } from './convertLimits.ts';
import { formatName } from './convertOrder.ts';

/** What can be wrong with a source so that a rule mends it; the screen has the words for each. */
export const mendRule = z.enum([
	...(['byteOrderMark', 'codeFence', 'comment', 'smartQuote', 'singleQuote', 'unquotedKey', 'unquotedText', 'foreignLiteral'] as const),
	...(['trailingComma', 'doubleComma', 'missingComma', 'missingColon', 'missingValue', 'missingBracket', 'strayBracket', 'severalValues'] as const),
	...(['rawNewline', 'controlCharacter', 'badEscape', 'openQuote', 'numberForm'] as const),
	...(['tabIndent', 'spaceAfterColon', 'colonInText', 'specialStart'] as const),
	...([
		'strayAmpersand',
		'strayLess',
		'unclosedTag',
		'strayTag',
		'voidTag',
		'unquotedAttribute',
		'attributeTwice',
		'severalRoots',
		'beforeDeclaration',
	] as const),
	...(['shortRow', 'longRow', 'strayQuote'] as const),
]);
export type MendRule = z.infer<typeof mendRule>;

/** One change that a rule proposes. */
export const mendChange = z.object({
	rule: mendRule,
	/** Of the source, counted from 1. */
	line: z.number().int(),
	was: z.string(),
	becomes: z.string(),
});
export type MendChange = z.infer<typeof mendChange>;

export const mended = z.object({
	/** The source with every change made. */
	content: z.string(),
	/** The first of them, in their order. */
	changes: z.array(mendChange),
	total: z.number().int(),
	/** Whether it can be read now. */
	isWhole: z.boolean(),
});
export type Mended = z.infer<typeof mended>;

/** A broken source, and the model that is to repair the first broken place of it. */
export const repairSource = z.strictObject({
	content: z.string().min(1).max(convertLimits.textCharacters),
	from: formatName,
	modelId: z.string(),
	adapter: attachedAdapter.nullable().default(null),
});

/** What a model wrote in the place of a broken part. */
export const repairedPlace = z.object({
	/** Of the source, counted from 1, that the part begins at. */
	line: z.number().int(),
	was: z.string(),
	becomes: z.string(),
	/** Words of the part that do not stand there any more, and words that did not stand there: to be looked at. The first forty of each. */
	left: z.array(z.string()),
	added: z.array(z.string()),
});
export type RepairedPlace = z.infer<typeof repairedPlace>;

/**
 * Why there is no repair: nothing is broken; more is broken than a model can write again; the source cannot be read with it; what stands behind it
 * would be read otherwise; it is what was there; most of what was there is left out.
 */
export const repairRefusal = z.enum(['whole', 'tooLong', 'unreadable', 'outside', 'unchanged', 'leftOut']);
export type RepairRefusal = z.infer<typeof repairRefusal>;

/** How far the repair of one place is, and at the end the source with it, or why there is none. */
export const repairStep = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('loading') }),
	z.strictObject({ kind: z.literal('writing'), line: z.number().int() }),
	z.strictObject({
		kind: z.literal('repaired'),
		content: z.string(),
		place: repairedPlace,
		/** Whether it can be read now; else the next place is broken. */
		isWhole: z.boolean(),
	}),
	/** `reply`: what the model wrote, which was not taken. */
	z.strictObject({ kind: z.literal('refused'), line: z.number().int().nullable(), why: repairRefusal, reply: z.string() }),
]);
export type RepairStep = z.infer<typeof repairStep>;
