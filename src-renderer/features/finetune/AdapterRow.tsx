import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useSearchParams } from 'react-router';
import type { Adapter } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';
import { AdapterMenu } from './AdapterMenu.tsx';
import { AdapterRemarks } from './AdapterRemarks.tsx';
import { forgettingLimit } from './forgettingLimit.ts';
import { resultRows } from './resultRows.ts';
import { useChatWithAdapter } from './useChatWithAdapter.ts';
import { useResultWords } from './useResultWords.ts';

/** One version of an adapter: where it is from, what it does better and worse, who may use it, and how to use it. */
export function AdapterRow({ adapter }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const chat = useChatWithAdapter();
	const { isAsked, row } = useIsAsked(adapter.id);
	const { outcome } = adapter;
	const isUsable = adapter.modelId !== null && adapter.fileState === 'present';
	const forgets = outcome?.forgetting ?? null;
	const dropped = outcome?.safety?.dropped ?? false;
	return (
		<TableRow hover ref={row} selected={isAsked} sx={{ verticalAlign: 'top', '& > td': { pt: 1.25, pb: 1.25 } }}>
			<TableCell role="rowheader" sx={{ minWidth: 200, maxWidth: 0 }}>
				<Box sx={{ display: 'flex', gap: 0.5 }}>
					<Typography noWrap dir="auto" title={adapter.name} sx={{ fontWeight: 550 }}>
						{adapter.name}
					</Typography>{' '}
					<Typography component="span" noWrap sx={{ color: 'text.secondary', flex: 'none' }}>
						{t('version', { number: adapter.version })}
					</Typography>
				</Box>
				<Origin adapter={adapter} />
				<AdapterRemarks adapter={adapter} />
			</TableCell>
			<TableCell>
				<Score adapter={adapter} />
			</TableCell>
			<TableCell align="right" sx={{ color: forgets !== null && forgets > forgettingLimit ? 'warning.main' : 'text.primary' }}>
				{forgets === null ? '–' : format.number(forgets, 2)}
			</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap', color: dropped ? 'error.main' : 'text.primary' }}>
				{outcome?.safety ? t('result.change', { before: format.number(outcome.safety.refusedBefore), after: format.number(outcome.safety.refusedAfter) }) : '–'}
			</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
				{format.bytes(adapter.sizeBytes)}
			</TableCell>
			<TableCell>
				<Box sx={{ whiteSpace: 'nowrap' }}>{t(`adapters.visibility.${adapter.visibility}`)}</Box>
				{!adapter.mine && (
					<Typography variant="caption" component="div" dir="auto" sx={{ color: 'text.secondary' }}>
						{adapter.ownerName}
					</Typography>
				)}
			</TableCell>
			<TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
				<Box sx={{ display: 'flex', justifyContent: 'flex-end', alignItems: 'center', gap: 0.5, my: -0.5 }}>
					{isUsable && (
						<Button
							size="small"
							variant="outlined"
							color="inherit"
							loading={chat.isBusy}
							aria-label={t('adapters.useInChatOf', { name: adapter.name })}
							onClick={() => void chat.begin(adapter)}
						>
							{t('adapters.useInChat')}
						</Button>
					)}
					<AdapterMenu adapter={adapter} />
				</Box>
			</TableCell>
		</TableRow>
	);
}

function Origin({ adapter }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { origin } = adapter;
	const facts = t('adapters.shape', { rank: adapter.rank, when: format.moment(adapter.createdAt) });
	return (
		<Typography variant="caption" component="div" dir="auto" noWrap sx={{ color: 'text.secondary' }}>
			{origin.from === 'run' ? (
				<>
					{adapter.mine ? (
						<Link component={RouterLink} to={`/finetune/${origin.runId}`} color="inherit">
							{t('datasetVersion', { title: origin.datasetTitle, number: origin.datasetVersion })}
						</Link>
					) : (
						t('datasetVersion', { title: origin.datasetTitle, number: origin.datasetVersion })
					)}
					{' · '}
				</>
			) : (
				`${t('adapters.imported', { fileName: origin.fileName })} · `
			)}
			{facts}
		</Typography>
	);
}

/** The figure that the adapter was trained for, before and after. */
function Score({ adapter: { outcome } }: { adapter: Adapter }) {
	const { t } = useTranslation('finetune');
	const words = useResultWords();
	const rows = outcome ? resultRows(outcome) : [];
	// The mean error tells more of marks, chrF of translations, than how many are the same to the letter.
	const row = rows.find(({ name }) => name === 'meanError') ?? rows.find(({ name }) => name === 'chrf') ?? rows.find(({ name }) => name === 'exact');
	if (!row) return '–';
	return (
		<>
			<Box sx={{ whiteSpace: 'nowrap' }}>{t('result.change', { before: words.value(row, row.before), after: words.value(row, row.after) })}</Box>
			<Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
				{t(`result.names.${row.name}`)}
			</Typography>
		</>
	);
}

/** Whether the address asks for this adapter; it is then brought into view, once. */
function useIsAsked(adapterId: string) {
	const [parameters] = useSearchParams();
	const row = useRef<HTMLTableRowElement>(null);
	const isAsked = parameters.get('adapter') === adapterId;
	useEffect(() => {
		if (isAsked) row.current?.scrollIntoView({ block: 'nearest' });
	}, [isAsked]);
	return { isAsked, row };
}
