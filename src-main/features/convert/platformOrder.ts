import type { ConvertOrder, FormatName } from '#contract/convertOrder.ts';
import type { ConvertOrder as PlatformOrder } from '../../platform/formats/convertBytes.ts';
import type { ReadOptions, WriteOptions } from '../../platform/formats/options.ts';

const indents = { none: 0, two: 2, four: 4, tab: 'tab' } as const;

/** An order as the formats take it. */
export function platformOrder(order: ConvertOrder, from: FormatName): PlatformOrder {
	const { to, mode, isStrict, withSidecar, select, indent, sortKeys, markup, table } = order;
	const { delimiter, hasHeader: header, escapeFormulas } = table;
	const formulas = escapeFormulas ? 'escape' : 'keep';
	// That of TSV is a tab, whatever stands there for CSV.
	const mark = delimiter !== null && to === 'csv' && { delimiter };
	const write: WriteOptions = { indent: indents[indent], sortKeys, markup: written(markup), table: { ...mark, header, formulas } };
	// What a part of a source was taken from is not what its way back could give again.
	return { from, to, mode, strict: isStrict, sidecar: withSidecar && select === '', read: readOptions(order, from), write };
}

/** How a source is read, as the formats take it. */
export function readOptions(
	{ encoding, markup, table }: Partial<Pick<ConvertOrder, 'encoding'>> & Pick<ConvertOrder, 'table' | 'markup'>,
	from: FormatName,
): ReadOptions {
	const { delimiter, hasHeader: header, cells, isNested: nested } = table;
	const mark = delimiter !== null && from === 'csv' && { delimiter };
	return {
		...(encoding && { encoding }),
		markup: written(markup),
		table: { ...mark, header, nested, types: cells === 'typed' ? 'all' : 'none' },
		workbook: { nested },
	};
}

function written({ areTyped, ...keys }: ConvertOrder['markup']): NonNullable<ReadOptions['markup']> {
	return { ...keys, types: areTyped };
}
