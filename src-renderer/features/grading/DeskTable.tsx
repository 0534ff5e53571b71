import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission } from '#contract/grading.ts';
import type { DeskColumn } from './arrangeDesk.ts';
import { DeskRow, rowHeightPx } from './DeskRow.tsx';
import { deskColumns } from './deskColumns.ts';
import { sortBy, useDesk } from './deskStore.ts';

interface Props {
	submissions: readonly Submission[];
	selectedId: string | null;
	jobActive: boolean;
}

/** The class as a dense table. Only the rows in view are drawn, so that a thousand students scroll as lightly as ten. */
export function DeskTable({ submissions, selectedId, jobActive }: Props) {
	const { t } = useTranslation('grading');
	const scroller = useRef<HTMLDivElement>(null);
	const rows = useVirtualizer({
		count: submissions.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowHeightPx,
		overscan: 12,
		getItemKey: (index) => submissions[index]?.id ?? index,
		// The head stands over the first rows.
		scrollPaddingStart: rowHeightPx,
	});
	const selectedIndex = submissions.findIndex(({ id }) => id === selectedId);
	useEffect(() => {
		const inView = rows.range;
		// The rows at the edges may be half hidden. Asking only then spares a layout of the page for each step.
		const isWhollyInView = inView !== null && selectedIndex > inView.startIndex + 1 && selectedIndex < inView.endIndex - 1;
		if (selectedIndex >= 0 && !isWhollyInView) rows.scrollToIndex(selectedIndex);
	}, [selectedIndex, rows]);
	useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
	return (
		<Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', containerType: 'inline-size' }}>
			<Box
				ref={scroller}
				id="desk"
				role="grid"
				aria-label={t('desk.table')}
				aria-rowcount={submissions.length + 1}
				aria-activedescendant={selectedId === null ? undefined : `submission-${selectedId}`}
				tabIndex={0}
				sx={{
					flex: 1,
					minHeight: 0,
					overflow: 'auto', // The chosen row shows where the keyboard is.
					'&:focus-visible': { outline: 'none' },
				}}
			>
				<Head />
				<Box sx={{ position: 'relative', height: rows.getTotalSize() }}>
					{rows.getVirtualItems().map((row) => {
						const submission = submissions[row.index];
						return (
							submission && (
								<DeskRow
									key={submission.id}
									submission={submission}
									index={row.index}
									topPx={row.start}
									isSelected={submission.id === selectedId}
									jobActive={jobActive}
								/>
							)
						);
					})}
				</Box>
				{submissions.length === 0 && <Typography sx={{ p: 3, color: 'text.secondary' }}>{t('filter.nothing')}</Typography>}
			</Box>
			<Typography variant="caption" noWrap sx={{ flex: 'none', px: 3, py: 0.75, borderTop: 1, borderColor: 'divider', color: 'text.secondary' }}>
				{t('desk.keys')}
			</Typography>
		</Box>
	);
}

function Head() {
	const { t } = useTranslation('grading');
	return (
		<Box
			role="row"
			aria-rowindex={1}
			sx={{
				...deskColumns,
				position: 'sticky',
				top: 0,
				zIndex: 1,
				height: rowHeightPx,
				bgcolor: 'background.default',
				borderBottom: 1,
				borderColor: 'divider',
				color: 'text.secondary',
				typography: 'caption',
			}}
		>
			<SortableHead column="row" isNumber>
				{t('columns.row')}
			</SortableHead>
			<SortableHead column="student">{t('columns.student')}</SortableHead>
			<Box role="columnheader" className="answer">
				{t('columns.answer')}
			</Box>
			<SortableHead column="score" isNumber>
				{t('columns.score')}
			</SortableHead>
			<Box role="columnheader" className="feedback">
				{t('columns.feedback')}
			</Box>
			<SortableHead column="status">{t('columns.status')}</SortableHead>
		</Box>
	);
}

function SortableHead({ column, isNumber = false, children }: { column: DeskColumn; isNumber?: boolean; children: string }) {
	const order = useDesk((state) => state.order);
	const isSorted = order.column === column;
	return (
		<Box
			role="columnheader"
			aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
			sx={{ display: 'flex', justifyContent: isNumber ? 'flex-end' : 'flex-start' }}
		>
			<ButtonBase
				onClick={() => sortBy(column)}
				sx={{
					flexDirection: isNumber ? 'row-reverse' : 'row',
					typography: 'caption',
					color: isSorted ? 'text.primary' : 'inherit',
					borderRadius: 0.5,
					'&:hover': { color: 'text.primary' },
				}}
			>
				{children}
				<Box component="span" aria-hidden sx={{ width: 12, textAlign: 'center' }}>
					{isSorted ? (order.descending ? '↓' : '↑') : ''}
				</Box>
			</ButtonBase>
		</Box>
	);
}
