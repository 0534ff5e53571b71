import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useOffsetIn } from '../../ui/useOffsetIn.ts';
import { actWord } from './actWord.ts';
import { useAudit } from './auditStore.ts';

const rowPx = 40;
/** Further ones are read when the last of what is there comes this near, in rows. */
const nearRows = 30;
const columns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: '16px',
	paddingInline: '16px',
	gridTemplateColumns: '184px minmax(80px, 1fr) minmax(144px, 2fr) minmax(80px, 1fr) minmax(80px, 1.5fr) 116px 132px',
};

/** The entries, newest first; only the rows in view are drawn, and older ones are read as they come near. */
export function AuditTable({ entries, scroller }: { entries: readonly AuditEntry[]; scroller: RefObject<HTMLDivElement | null> }) {
	const { t } = useTranslation('audit');
	const { hasMore, readMore } = useAudit();
	const list = useRef<HTMLDivElement>(null);
	const scrollMargin = useOffsetIn(scroller, list);
	const rows = useVirtualizer({
		count: entries.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => rowPx,
		overscan: 10,
		scrollMargin,
		getItemKey: (index) => entries[index]?.id ?? index,
	});
	const shown = rows.getVirtualItems();
	const isNear = (shown.at(-1)?.index ?? 0) >= entries.length - nearRows;
	useEffect(() => {
		if (isNear && entries.length > 0) void readMore();
	}, [isNear, entries.length, readMore]);
	return (
		<Paper variant="outlined" role="table" aria-label={t('title')} aria-rowcount={hasMore ? -1 : entries.length + 1} sx={{ minWidth: 880 }}>
			<Head />
			<Box ref={list} role="rowgroup" sx={{ position: 'relative', height: rows.getTotalSize() }}>
				{shown.map((row) => {
					const entry = entries[row.index];
					return entry && <EntryRow key={entry.id} entry={entry} index={row.index} topPx={row.start - scrollMargin} />;
				})}
			</Box>
			{entries.length === 0 && <Typography sx={{ p: 2, color: 'text.secondary' }}>{t('nothing')}</Typography>}
		</Paper>
	);
}

function Head() {
	const { t } = useTranslation('audit');
	return (
		<Box
			role="row"
			aria-rowindex={1}
			sx={{
				...columns,
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
			}}
		>
			{(['at', 'who', 'act', 'subject', 'detail', 'origin', 'result'] as const).map((name) => (
				<Box key={name} role="columnheader">
					{t(`column.${name}`)}
				</Box>
			))}
		</Box>
	);
}

function EntryRow({ entry, index, topPx }: { entry: AuditEntry; index: number; topPx: number }) {
	const { t } = useTranslation('audit');
	const format = useFormat();
	const isDone = entry.result === 'ok';
	const who = entry.accountName ?? (entry.accountId === null ? t(entry.origin === 'app' ? 'who.app' : 'who.nobody') : t('who.deleted'));
	const subject = entry.subject === entry.accountId ? null : entry.subject;
	return (
		<Box
			role="row"
			aria-rowindex={index + 2}
			sx={{
				...columns,
				position: 'absolute',
				insetInline: 0,
				top: topPx,
				height: rowPx,
				borderTop: index === 0 ? 0 : 1,
				borderColor: 'divider',
				fontVariantNumeric: 'tabular-nums',
				'&:hover': { bgcolor: 'action.hover' },
			}}
		>
			<Cell title={new Date(entry.at).toISOString()}>{format.date(entry.at, true)}</Cell>
			<Cell isQuiet={entry.accountName === null}>{who}</Cell>
			<Cell title={entry.act}>{t(`act.${actWord(entry.act)}`, { defaultValue: entry.act })}</Cell>
			<Cell title={subject ?? undefined} isQuiet={entry.subjectName === null}>
				{subject === null ? '–' : (entry.subjectName ?? subject)}
			</Cell>
			<Cell title={entry.detail ?? undefined} isQuiet>
				{entry.detail ?? '–'}
			</Cell>
			<Cell isQuiet>{entry.origin === 'window' || entry.origin === 'app' ? t(`origin.${entry.origin}`) : entry.origin}</Cell>
			<Box role="cell" title={entry.result} sx={{ minWidth: 0, overflow: 'hidden' }}>
				<StateLabel tone={isDone ? 'good' : 'warn'} label={isDone ? t('result.ok') : t(`result.${entry.result}`, { defaultValue: t('result.other') })} />
			</Box>
		</Box>
	);
}

function Cell({ title, isQuiet = false, children }: { title?: string | undefined; isQuiet?: boolean; children: ReactNode }) {
	return (
		<Typography role="cell" noWrap dir="auto" title={title} sx={{ minWidth: 0, color: isQuiet ? 'text.secondary' : 'text.primary' }}>
			{children}
		</Typography>
	);
}
