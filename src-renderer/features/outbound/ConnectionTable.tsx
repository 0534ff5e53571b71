import Box from '@mui/material/Box';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboundEntry } from '#contract/outbound.ts';
import { useFormat } from '../../ui/format.ts';
import { RowCell, RowHead, rowGrid } from '../../ui/RowCell.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { useOutbound } from './outboundStore.ts';

const rowPx = 40;
const columns = rowGrid('164px minmax(148px, 1.5fr) minmax(144px, 2fr) minmax(132px, 1fr) 56px 72px 80px 80px minmax(80px, 1fr)');
const names = ['at', 'purpose', 'host', 'outcome', 'requests', 'sentBytes', 'receivedBytes', 'time', 'who'] as const;
const numbers = ['requests', 'sentBytes', 'receivedBytes', 'time'] as const;
const tones = { underWay: 'busy', answered: 'good', failed: 'warn', cut: 'quiet', refused: 'quiet' } as const;

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
			head={<RowHead names={names} numbers={numbers} nameOf={(name) => t(`column.${name}`)} />}
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
			<RowCell title={new Date(at).toISOString()}>{format.date(at, true)}</RowCell>
			<RowCell title={purpose}>{t(`purpose.${purpose}`, { defaultValue: purpose })}</RowCell>
			<RowCell title={host}>
				<bdi>{host}</bdi>
			</RowCell>
			<Box role="cell" sx={{ minWidth: 0, overflow: 'hidden' }}>
				<StateLabel tone={tones[outcome]} label={status === null ? t(`outcome.${outcome}`) : `${t(`outcome.${outcome}`)} · ${status}`} />
			</Box>
			<RowCell isNumber>{format.number(requests)}</RowCell>
			<RowCell isNumber>{format.bytes(sentBytes)}</RowCell>
			<RowCell isNumber>{format.bytes(receivedBytes)}</RowCell>
			<RowCell isNumber>{outcome === 'refused' || outcome === 'underWay' ? '–' : format.duration(ms / requests)}</RowCell>
			<RowCell isQuiet={askedBy?.name === null}>{who}</RowCell>
		</>
	);
}
