import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '#contract/contract.ts';
import type { Answer } from '#contract/grading.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { PlainDialog } from '../../ui/PlainDialog.tsx';
import { openOnDesk, useDesk } from './deskStore.ts';

type History = Outputs['grading']['history'];
type Entry = { at: number; id: string } & ({ proposal: History['proposals'][number] } | { mark: History['marks'][number] } | { text: string });

/** All that was proposed and settled for an answer, newest first. */
export function HistoryDialog({ answer }: { answer: Answer }) {
	const { t } = useTranslation('grading');
	const [history, setHistory] = useState<History | null>(null);
	const [error, setError] = useState<unknown>(null);
	useEffect(() => {
		let isCurrent = true;
		client.grading.history({ answerId: answer.id }).then(
			(read) => isCurrent && setHistory(read),
			(thrown: unknown) => isCurrent && setError(thrown),
		);
		return () => {
			isCurrent = false;
		};
	}, [answer.id]);
	// What is hidden until the answer is marked is so here too.
	const isBlind = useDesk(({ calibration }) => calibration !== null) && answer.mark === null;
	const entries = history && entriesOf(isBlind ? { ...history, proposals: [] } : history);
	const close = () => openOnDesk(null);
	return (
		<PlainDialog title={t('desk.history.title')} onClose={close}>
			<ErrorNotice error={error} />
			{entries?.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('desk.history.nothing')}</Typography>}
			{entries?.map((entry) => (
				<HistoryEntry key={entry.id} entry={entry} />
			))}
		</PlainDialog>
	);
}

function entriesOf({ proposals, marks, texts }: History): Entry[] {
	const entries: Entry[] = [
		...marks.map((mark, index) => ({ at: mark.updatedAt, id: `mark ${index}`, mark })),
		...proposals.map((proposal, index) => ({ at: proposal.createdAt, id: `proposal ${index}`, proposal })),
		...texts.map(({ text, replacedAt }, index) => ({ at: replacedAt, id: `text ${index}`, text })),
	];
	return entries.sort((a, b) => b.at - a.at);
}

function HistoryEntry({ entry }: { entry: Entry }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	if ('text' in entry) return <EntryLines who={t('desk.history.replaced')} at={entry.at} words={entry.text} />;
	const { outOf } = 'proposal' in entry ? entry.proposal : entry.mark;
	const points = 'proposal' in entry ? entry.proposal.points : entry.mark.points;
	const whoMarked = ({ accepted, marker, given }: History['marks'][number]) => {
		if (!given) return t(accepted ? 'desk.history.accepted' : `desk.history.${marker}`);
		return t('desk.history.followed', { points: format.number(given.points, 2), outOf: format.number(given.outOf, 2) });
	};
	const who = 'proposal' in entry ? t('desk.history.proposed', { model: entry.proposal.modelName }) : whoMarked(entry.mark);
	const feedback = 'proposal' in entry ? entry.proposal.feedback : entry.mark.points === null ? '' : entry.mark.feedback;
	const worth = points === null ? t('desk.history.cleared') : t('desk.pointsOf', { points: format.number(points, 2), outOf: format.number(outOf, 2) });
	return <EntryLines who={who} worth={worth} at={entry.at} words={feedback} />;
}

function EntryLines({ who, worth, at, words }: { who: string; worth?: string; at: number; words: string }) {
	const format = useFormat();
	return (
		<Box sx={{ py: 1, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
			<Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
				<Typography dir="auto" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
					{who}
				</Typography>
				{worth !== undefined && <Typography sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{worth}</Typography>}
			</Box>
			<Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
				{format.date(at, true)}
			</Typography>
			{words !== '' && (
				<Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
					{words}
				</Typography>
			)}
		</Box>
	);
}
