import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { actWord } from './actWord.ts';
import { useAudit } from './auditStore.ts';

const rowPx = 40;
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
	return (
		<VirtualTable
			items={entries}
			rowPx={rowPx}
			columns={columns}
			scroller={scroller}
			label={t('title')}
			head={<Head />}
			row={(entry) => <EntryCells entry={entry} />}
			nothing={t('nothing')}
			onNearEnd={hasMore ? () => void readMore() : null}
			sx={{ minWidth: 880 }}
		/>
	);
}

function Head() {
	const { t } = useTranslation('audit');
	return (
		<>
			{(['at', 'who', 'act', 'subject', 'detail', 'origin', 'result'] as const).map((name) => (
				<Box key={name} role="columnheader">
					{t(`column.${name}`)}
				</Box>
			))}
		</>
	);
}

function EntryCells({ entry }: { entry: AuditEntry }) {
	const { t } = useTranslation('audit');
	const format = useFormat();
	const isDone = entry.result === 'ok';
	const who = entry.accountName ?? (entry.accountId === null ? t(entry.origin === 'app' ? 'who.app' : 'who.nobody') : t('who.deleted'));
	const subject = entry.subject === entry.accountId ? null : entry.subject;
	return (
		<>
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
		</>
	);
}

function Cell({ title, isQuiet = false, children }: { title?: string | undefined; isQuiet?: boolean; children: ReactNode }) {
	return (
		<Typography role="cell" noWrap dir="auto" title={title} sx={{ minWidth: 0, color: isQuiet ? 'text.secondary' : 'text.primary' }}>
			{children}
		</Typography>
	);
}
