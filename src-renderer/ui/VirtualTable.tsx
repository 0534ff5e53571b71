import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { SxProps, Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useOffsetIn } from './useOffsetIn.ts';

/** The reader is near the end of what is there when so many rows are left below. */
const nearRows = 30;

/** Styles that can be put together with others. */
type Look = Exclude<SxProps<Theme>, readonly unknown[] | ((theme: Theme) => unknown)>;

interface Props<Item extends { id: string | number }> {
	items: readonly Item[];
	/** Of every row, in pixels. */
	rowPx: number;
	/** The grid that the head and each row are laid out in. */
	columns: Look;
	/** What the table scrolls in. */
	scroller: RefObject<HTMLDivElement | null>;
	/** What the table is called, or the id of what says it. */
	label: string | { id: string };
	/** The cells of the head, each a `columnheader`. */
	head: ReactNode;
	/** The cells of a row. */
	row: (item: Item) => ReactNode;
	/** Where rows can be chosen: whether one is. */
	isSelected?: (item: Item) => boolean;
	/** Called as a row is pressed; with Shift held no text is selected by it. */
	onChoose?: (item: Item, event: MouseEvent) => void;
	/** Said in place of rows where there are none. */
	nothing?: string;
	/** Where there are more rows than `items`: called as the reader comes near the end of these, and again when they have grown. */
	onNearEnd?: (() => void) | null;
	/** Of the whole table. */
	sx?: Look;
}

/**
 * A dense table under a head that stays in view. Only the rows in view are drawn, so that thousands scroll as lightly as ten; each tells its
 * place among all.
 */
export function VirtualTable<Item extends { id: string | number }>(props: Props<Item>) {
	const { items, rowPx, columns, scroller, label, head, row, isSelected, onChoose, nothing, onNearEnd = null, sx } = props;
	const list = useRef<HTMLDivElement>(null);
	const scrollMargin = useOffsetIn(scroller, list);
	const rows = useVirtualizer({
		count: items.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowPx,
		overscan: 10,
		scrollMargin,
		getItemKey: (index) => items[index]?.id ?? index,
	});
	const drawn = rows.getVirtualItems();
	useNearEnd(items.length, drawn.at(-1)?.index ?? 0, onNearEnd);
	const name = typeof label === 'string' ? { 'aria-label': label } : { 'aria-labelledby': label.id };
	return (
		<Paper variant="outlined" role="table" {...name} aria-rowcount={onNearEnd ? -1 : items.length + 1} sx={{ containerType: 'inline-size', ...sx }}>
			<Box role="row" aria-rowindex={1} sx={{ ...columns, ...headLook }}>
				{head}
			</Box>
			<Box ref={list} role="rowgroup" sx={{ position: 'relative', height: rows.getTotalSize() }}>
				{drawn.map(({ index, start }) => {
					const item = items[index];
					if (item === undefined) return null;
					return (
						<Row
							key={item.id}
							item={item}
							index={index}
							topPx={start - scrollMargin}
							rowPx={rowPx}
							columns={columns}
							row={row}
							isChosen={isSelected?.(item)}
							onChoose={onChoose}
						/>
					);
				})}
			</Box>
			{items.length === 0 && nothing !== undefined && <Typography sx={{ p: 2, color: 'text.secondary' }}>{nothing}</Typography>}
		</Paper>
	);
}

interface RowProps<Item> extends Pick<Props<Item & { id: string | number }>, 'rowPx' | 'columns'> {
	item: Item;
	index: number;
	topPx: number;
	row: (item: Item) => ReactNode;
	isChosen: boolean | undefined;
	onChoose: ((item: Item, event: MouseEvent) => void) | undefined;
}

function DrawnRow<Item>({ item, index, topPx, rowPx, columns, row, isChosen, onChoose }: RowProps<Item>) {
	return (
		<Box
			role="row"
			aria-rowindex={index + 2}
			aria-selected={isChosen}
			onMouseDown={onChoose && ((event: MouseEvent) => event.shiftKey && event.preventDefault())}
			onClick={onChoose && ((event: MouseEvent) => onChoose(item, event))}
			sx={{ ...columns, ...rowLook(index, isChosen === true), height: rowPx, ...(onChoose && { cursor: 'default' }) }}
			style={{ transform: `translateY(${topPx}px)` }}
		>
			{row(item)}
		</Box>
	);
}

/** Drawn again only when what it shows, or how, has changed: a scroll draws the rows that come into view and no others. */
const Row = memo(DrawnRow) as typeof DrawnRow;

const headLook = {
	position: 'sticky',
	top: 0,
	zIndex: 1,
	height: 34,
	bgcolor: 'background.paper',
	borderBottom: 1,
	borderColor: 'divider',
	borderRadius: '6px 6px 0 0',
	color: 'text.secondary',
	typography: 'caption',
} as const;

function rowLook(index: number, isChosen: boolean) {
	return {
		position: 'absolute',
		insetInline: 0,
		top: 0,
		borderTop: index === 0 ? 0 : 1,
		borderColor: 'divider',
		fontVariantNumeric: 'tabular-nums',
		bgcolor: isChosen ? 'action.selected' : 'transparent',
		'&:hover': { bgcolor: isChosen ? 'action.selected' : 'action.hover' },
	} as const;
}

/** Calls as the last row that is drawn comes near the end, and anew when there are more rows. */
function useNearEnd(count: number, lastDrawn: number, onNearEnd: (() => void) | null): void {
	const isNear = onNearEnd !== null && count > 0 && lastDrawn >= count - nearRows;
	const latest = useRef(onNearEnd);
	latest.current = onNearEnd;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a page that was read may end as near as the one before.
	useEffect(() => {
		if (isNear) latest.current?.();
	}, [isNear, count]);
}
