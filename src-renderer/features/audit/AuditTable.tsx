import Box from '@mui/material/Box';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#contract/audit.ts';
import { useFormat } from '../../ui/format.ts';
import { RowCell, RowHead, rowGrid } from '../../ui/RowCell.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { actWord } from './actWord.ts';
import { useAudit } from './auditStore.ts';

const rowPx = 40;
const columns = rowGrid('184px minmax(80px, 1fr) minmax(144px, 2fr) minmax(80px, 1fr) minmax(80px, 1.5fr) 116px 132px');
/** Where an act can come from, beside addresses. */
const places = ['window', 'commandLine', 'app'];
const names = ['at', 'who', 'act', 'subject', 'detail', 'origin', 'result'] as const;

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
			head={<RowHead names={names} nameOf={(name) => t(`column.${name}`)} />}
			row={(entry) => <EntryCells entry={entry} />}
			nothing={t('nothing')}
			onNearEnd={hasMore ? () => void readMore() : null}
			sx={{ minWidth: 880 }}
		/>
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
			<RowCell title={new Date(entry.at).toISOString()}>{format.date(entry.at, true)}</RowCell>
			<RowCell isQuiet={entry.accountName === null}>{who}</RowCell>
			<RowCell title={entry.act}>{t(`act.${actWord(entry.act)}`, { defaultValue: entry.act })}</RowCell>
			<RowCell title={subject ?? undefined} isQuiet={entry.subjectName === null}>
				{subject === null ? '–' : (entry.subjectName ?? subject)}
			</RowCell>
			<RowCell title={entry.detail ?? undefined} isQuiet>
				{entry.detail ?? '–'}
			</RowCell>
			<RowCell isQuiet>{places.find((place) => place === entry.origin) ? t(`origin.${entry.origin}`) : entry.origin}</RowCell>
			<Box role="cell" title={entry.result} sx={{ minWidth: 0, overflow: 'hidden' }}>
				<StateLabel tone={isDone ? 'good' : 'warn'} label={isDone ? t('result.ok') : t(`result.${entry.result}`, { defaultValue: t('result.other') })} />
			</Box>
		</>
	);
}
