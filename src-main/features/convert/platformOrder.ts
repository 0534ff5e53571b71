import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import type { ConvertOrder as PlatformOrder } from '../../platform/formats/convertBytes.ts';
import type { ReadOptions, WriteOptions } from '../../platform/formats/options.ts';

const indents = { none: 0, two: 2, four: 4, tab: 'tab' } as const;

/** An order as the formats take it. */
export function platformOrder(order: ConvertOrder, from: FormatName): PlatformOrder {
	const { to, mode, isStrict, withSidecar, select, indent, sortKeys, markup, table, commentKey } = order;
	const { delimiter, hasHeader: header, escapeFormulas } = table;
	const formulas = escapeFormulas ? 'escape' : 'keep';
	const read = readOptions(order, from);
	const oneSheet = (to === 'csv' || to === 'tsv') && select === '';
	// That of TSV is a tab, whatever stands there for CSV.
	const mark = delimiter !== null && to === 'csv' && { delimiter };
	const write: WriteOptions = {
		indent: indents[indent],
		sortKeys,
		...(keepsComments(from, to) && { commentKey }),
		markup: written(markup),
		table: { ...mark, header, formulas },
	};
	// What a part of a source was taken from is not what its way back could give again.
	const isWhole = select === '' && (from !== 'xlsx' || table.sheet === '');
	return { from, to, mode, strict: isStrict, sidecar: withSidecar && isWhole, read: { ...read, workbook: { ...read.workbook, oneSheet } }, write };
}

/** Whether comments of the one format have to be led into the other one, as data has them. */
function keepsComments(from: FormatName, to: FormatName): boolean {
	const hasComments = (name: FormatName) => name === 'yaml' || name === 'toml';
	const isJson = (name: FormatName) => name === 'json' || name === 'jsonl';
	return (hasComments(from) && isJson(to)) || (isJson(from) && hasComments(to));
}

/** How a source is read, as the formats take it. */
export function readOptions(
	{ encoding, markup, table }: Partial<Pick<ConvertOrder, 'encoding'>> & Pick<ConvertOrder, 'table' | 'markup'>,
	from: FormatName,
): ReadOptions {
	const { delimiter, hasHeader: header, cells, isNested: nested, escapeFormulas, sheet } = table;
	const mark = delimiter !== null && from === 'csv' && { delimiter };
	return {
		...(encoding && { encoding }),
		markup: written(markup),
		table: { ...mark, header, nested, types: cells === 'typed' ? 'all' : 'none', formulas: escapeFormulas ? 'unescape' : 'keep' },
		workbook: { nested, ...(sheet !== '' && { sheet }) },
	};
}

function written({ areTyped, ...keys }: ConvertOrder['markup']): NonNullable<ReadOptions['markup']> {
	return { ...keys, types: areTyped };
}
