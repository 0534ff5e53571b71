import { z } from 'zod';

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
