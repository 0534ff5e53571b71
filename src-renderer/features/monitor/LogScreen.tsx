import RefreshIcon from '@mui/icons-material/Refresh';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '#contract/monitor.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { Page } from '../../ui/Page.tsx';
import { RowCell, RowHead, rowGrid } from '../../ui/RowCell.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { LogDetail } from './LogDetail.tsx';
import { LogFilters } from './LogFilters.tsx';
import { useLog } from './logStore.ts';

const rowPx = 34;
const columns = rowGrid('176px 96px minmax(200px, 2fr) minmax(160px, 3fr) 200px');
const names = ['at', 'level', 'message', 'detail', 'requestId'] as const;
const tones = { trace: 'quiet', debug: 'quiet', info: 'quiet', warn: 'warn', error: 'bad', fatal: 'bad' } as const;

/** The app's log, searched: what happened when, and all that one request caused. It holds no secrets and nothing that people wrote. */
export function LogScreen() {
	const { t } = useTranslation('monitor');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const { entries, error, isReading, reason, search, stop } = useLog();
	const [open, setOpen] = useState<LogEntry | null>(null);
	const scroller = useRef<HTMLDivElement>(null);
	useEffect(() => {
		void search({});
		return stop;
	}, [search, stop]);
	const told = isReading ? t('log.reading') : reason && t(`log.reason.${reason}`, { count: entries?.length ?? 0, number: format.number(entries?.length ?? 0) });
	return (
		<Page
			title={t('log.title')}
			scroller={scroller}
			action={
				<Button variant="outlined" color="inherit" startIcon={<RefreshIcon />} onClick={() => void search({})}>
					{t('log.again')}
				</Button>
			}
		>
			<Typography sx={{ color: 'text.secondary', mb: 2, maxWidth: '90ch' }}>{t('log.help')}</Typography>
			<LogFilters />
			<ErrorNotice error={error} action={{ label: ui('again'), onClick: () => void search({}) }} sx={{ mb: 2 }} />
			<Typography component="output" variant="caption" sx={{ display: 'block', minHeight: 20, mb: 0.5, color: 'text.secondary' }}>
				{told}
			</Typography>
			{entries && (
				<VirtualTable
					items={entries}
					rowPx={rowPx}
					columns={columns}
					scroller={scroller}
					label={t('log.title')}
					head={<RowHead names={names} nameOf={(name) => t(`log.column.${name}`)} />}
					row={(entry) => <Cells entry={entry} onOpen={() => setOpen(entry)} />}
					onChoose={setOpen}
					isSelected={({ id }) => id === open?.id}
					nothing={isReading ? '' : t('log.nothing')}
					sx={{ minWidth: 900 }}
				/>
			)}
			<LogDetail
				entry={open}
				onClose={() => setOpen(null)}
				onFollow={(requestId) => {
					setOpen(null);
					void search({ requestId, text: '', level: 'trace', from: null, until: null });
				}}
			/>
		</Page>
	);
}

function Cells({ entry, onOpen }: { entry: LogEntry; onOpen: () => void }) {
	const { t, i18n } = useTranslation('monitor');
	const { at, level, message, detail, requestId } = entry;
	const time = at === null ? '–' : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' }).format(at);
	return (
		<>
			<RowCell dir="ltr" title={at === null ? undefined : new Date(at).toISOString()}>
				{time}
			</RowCell>
			<Box role="cell">{level && <StateLabel tone={tones[level]} label={t(`log.levels.${level}`)} />}</Box>
			<Box role="cell" sx={{ minWidth: 0 }}>
				<Box
					component="button"
					type="button"
					onClick={onOpen}
					sx={{
						all: 'unset',
						display: 'block',
						maxWidth: '100%',
						cursor: 'pointer',
						overflow: 'hidden',
						textOverflow: 'ellipsis',
						whiteSpace: 'nowrap',
						'&:focus-visible': { textDecoration: 'underline' },
					}}
				>
					{message || '–'}
				</Box>
			</Box>
			<RowCell dir="ltr" isQuiet>
				{detail === '{}' ? '' : detail}
			</RowCell>
			<RowCell dir="ltr" isQuiet title={requestId ?? undefined}>
				{requestId ?? ''}
			</RowCell>
		</>
	);
}
