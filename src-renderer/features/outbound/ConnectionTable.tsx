import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboundEntry } from '#contract/outbound.ts';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { useOutbound } from './outboundStore.ts';

const rowPx = 40;
const columns = {
	display: 'grid',
	alignItems: 'center',
	columnGap: '16px',
	paddingInline: '16px',
	gridTemplateColumns: '184px minmax(120px, 1.5fr) minmax(160px, 2fr) minmax(132px, 1fr) 64px 80px 88px 88px minmax(88px, 1fr)',
};
const names = ['at', 'purpose', 'host', 'outcome', 'requests', 'sentBytes', 'receivedBytes', 'time', 'who'] as const;
const numbers: readonly string[] = ['requests', 'sentBytes', 'receivedBytes', 'time'];
const tones = { answered: 'good', failed: 'warn', refused: 'quiet' } as const;

/** The connections, newest first; only the rows in view are drawn, and older ones are read as they come near. */
export function ConnectionTable({ entries, scroller }: { entries: readonly OutboundEntry[]; scroller: RefObject<HTMLDivElement | null> }) {
	const { t } = useTranslation('outbound');
	const { hasMore, readMore } = useOutbound();
	return (
		<VirtualTable
			items={entries}
			rowPx={rowPx}
			columns={columns}
			scroller={scroller}
			label={t('all')}
			head={names.map((name) => (
				<Box key={name} role="columnheader" sx={{ textAlign: numbers.includes(name) ? 'right' : 'left' }}>
					{t(`column.${name}`)}
				</Box>
			))}
			row={(entry) => <EntryCells entry={entry} />}
			onNearEnd={hasMore ? () => void readMore() : null}
			sx={{ minWidth: 1040, flex: 'none' }}
		/>
	);
}

function EntryCells({ entry }: { entry: OutboundEntry }) {
	const { t } = useTranslation('outbound');
	const format = useFormat();
	const { at, purpose, host, outcome, status, requests, sentBytes, receivedBytes, ms, askedBy } = entry;
	const who = askedBy === null ? '–' : (askedBy.name ?? t('deleted'));
	return (
		<>
			<Cell title={new Date(at).toISOString()}>{format.date(at, true)}</Cell>
			<Cell title={purpose}>{t(`purpose.${purpose}`, { defaultValue: purpose })}</Cell>
			<Cell title={host}>
				<bdi>{host}</bdi>
			</Cell>
			<Box role="cell" sx={{ minWidth: 0, overflow: 'hidden' }}>
				<StateLabel tone={tones[outcome]} label={status === null ? t(`outcome.${outcome}`) : `${t(`outcome.${outcome}`)} · ${status}`} />
			</Box>
			<Cell isNumber>{format.number(requests)}</Cell>
			<Cell isNumber>{format.bytes(sentBytes)}</Cell>
			<Cell isNumber>{format.bytes(receivedBytes)}</Cell>
			<Cell isNumber>{outcome === 'refused' ? '–' : format.duration(ms / requests)}</Cell>
			<Cell isQuiet={askedBy?.name === null}>{who}</Cell>
		</>
	);
}

function Cell({ title, isNumber = false, isQuiet = false, children }: { title?: string; isNumber?: boolean; isQuiet?: boolean; children: ReactNode }) {
	return (
		<Typography
			role="cell"
			noWrap
			dir="auto"
			title={title}
			sx={{ minWidth: 0, textAlign: isNumber ? 'right' : 'left', color: isQuiet ? 'text.secondary' : 'text.primary' }}
		>
			{children}
		</Typography>
	);
}
