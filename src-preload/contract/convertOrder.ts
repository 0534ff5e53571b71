import { z } from 'zod';

export const formatName = z.enum(['json', 'jsonl', 'yaml', 'xml', 'csv', 'tsv', 'toml', 'xlsx']);
export type FormatName = z.infer<typeof formatName>;

/** A name that may stand in XML, or a mark before one. */
const markupWord = (fallback: string) => z.string().trim().min(1).max(40).default(fallback);

/** How tables are read and written. */
export const tableOrder = z.strictObject({
	/** Null: found out when reading; a comma when writing. */
	delimiter: z.enum([',', ';', '\t', '|']).nullable().default(null),
	/** Whether the first row names the columns. */
	hasHeader: z.boolean().default(true),
	/** Cells stay texts, or those that look like numbers and truth values become such. */
	cells: z.enum(['text', 'typed']).default('text'),
	/** Columns such as `a.b` and `list.0` become what lies in one another. */
	isNested: z.boolean().default(false),
	/** Texts that a spreadsheet would compute get a `'` before them when they are written, and lose it when they are read. */
	escapeFormulas: z.boolean().default(true),
	/** The sheet of a workbook that is read alone. Empty: all of them, or, for a result that is one table, the first that has anything in it. */
	sheet: z.string().trim().max(255).default(''),
});
export type TableOrder = z.infer<typeof tableOrder>;

/** How data becomes elements, and elements data. */
export const markupOrder = z.strictObject({
	/** What stands before the key of an attribute. */
	attributePrefix: markupWord('@'),
	/** The key of an element's own text. */
	textKey: markupWord('#text'),
	/** The element around data that has none. */
	rootName: markupWord('root'),
	/** Texts that are numbers or truth values of JSON become such. */
	areTyped: z.boolean().default(false),
	/** The element of each item of a list that has none. */
	itemName: markupWord('item'),
});
export type MarkupOrder = z.infer<typeof markupOrder>;

/** What is to be made of a source, and how. */
export const convertOrder = z.strictObject({
	/** Null: found out. */
	from: formatName.nullable().default(null),
	to: formatName,
	/** `plain`: as people write it, by conventions that the report names; `exact`: with all that the source knows, in a form made for it. */
	mode: z.enum(['plain', 'exact']).default('plain'),
	/** Refused where anything would be lost. */
	isStrict: z.boolean().default(false),
	/** With a second file that holds what the target cannot, so that the way back gives the source again. */
	withSidecar: z.boolean().default(false),
	/** A JSONPath (RFC 9535): of data only what it finds is written, as a list. Empty: everything. */
	select: z.string().trim().max(2_000).default(''),
	indent: z.enum(['none', 'two', 'four', 'tab']).default('two'),
	/** Comments of data stand under this key where the target has none, and become comments again where it has them. Empty: they are left out, and told. */
	commentKey: z.string().trim().max(40).default(''),
	sortKeys: z.boolean().default(false),
	/** The encoding of the source, as `TextDecoder` spells it; null: found out. */
	encoding: z.string().max(40).nullable().default(null),
	table: tableOrder.default(tableOrder.parse({})),
	markup: markupOrder.default(markupOrder.parse({})),
});
export type ConvertOrder = z.infer<typeof convertOrder>;
