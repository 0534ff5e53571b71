import type { MarkupConvention } from './projection/markupConvention.ts';
import type { TableReadOptions, TableWriteOptions } from './table/tableOptions.ts';
import type { WorkbookReadOptions } from './workbook/workbookOptions.ts';

/** How a source is to be read. What is left out is found out, or is the usual of the format. */
export interface ReadOptions {
	/** The name `TextDecoder` has for it; found out by the bytes when it is left out. */
	encoding?: string;
	/** By which version plain words of YAML are taken: in 1.1 `no` is false, `012` is ten and `1:30` is ninety. 1.2 unless the file says otherwise. */
	yamlVersion?: '1.1' | '1.2';
	/** YAML's `<<`: `apply` puts the entries it refers to in its place; `keep` (the usual) takes it as a key like any other. */
	mergeKeys?: 'keep' | 'apply';
	/** Refuses XML that is not well-formed by Namespaces in XML. */
	namespaces?: boolean;
	/** How elements become data. */
	markup?: MarkupConvention;
	/** How CSV and TSV are read. */
	table?: TableReadOptions;
	workbook?: WorkbookReadOptions;
	/** In a list of records of XML: the path of the elements that are records (`/rss/channel/item`); the children of the root unless told. */
	recordsAt?: string;
}

/** How a result is to be written. */
export interface WriteOptions {
	/** Spaces of a level, 0 to 10, or a tab; 0 writes JSON and XML on one line. 2 unless told. */
	indent?: number | 'tab';
	/** Entries in the order of their keys' code points, in every mapping. */
	sortKeys?: boolean;
	/** Comments of data stand under this key in formats of data without comments, and become comments again in those that have them (`commentEntries.ts`). */
	commentKey?: string;
	/** How data becomes elements. */
	markup?: MarkupConvention;
	/** How CSV and TSV are written. */
	table?: TableWriteOptions;
}
