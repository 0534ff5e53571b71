import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run, RunComparison } from '#contract/finetune.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { MarkedText } from './MarkedText.tsx';

/** The held-out examples of a run side by side: what was asked, what is right, and what the model said without and with the adapter. */
export function Comparisons({ run }: { run: Run }) {
	const { t } = useTranslation('finetune');
	const titleId = useId();
	const { comparisons, error } = useComparisons(run);
	if (error === null && (comparisons === null || comparisons.length === 0)) return null;
	return (
		<Box component="section" aria-labelledby={titleId} sx={{ mt: 2 }}>
			<Typography id={titleId} variant="h2">
				{t('comparisons.title')}
			</Typography>
			<Typography variant="caption" component="p" sx={{ color: 'text.secondary', m: 0, mb: 1 }}>
				{t('comparisons.text')}
			</Typography>
			<ErrorNotice error={error} />
			<Paper variant="outlined" component="ol" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: 480, overflow: 'auto' }} tabIndex={0} aria-labelledby={titleId}>
				{(comparisons ?? []).map((comparison) => (
					<Comparison key={comparison.position} comparison={comparison} />
				))}
			</Paper>
		</Box>
	);
}

function Comparison({ comparison }: { comparison: RunComparison }) {
	const { t } = useTranslation('finetune');
	const { turns, expected, before, after, scoreBefore, scoreAfter } = comparison;
	const asked = turns.findLast(({ role }) => role === 'user')?.content ?? '';
	return (
		<Box component="li" sx={{ p: 2, '& + &': { borderTop: 1, borderColor: 'divider' } }}>
			<Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mb: 1.5, maxHeight: 126, overflow: 'auto' }}>
				{asked}
			</Typography>
			<Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: 2 }}>
				<Side name={t('comparisons.expected')} text={expected} expected={null} score={null} />
				<Side name={t('comparisons.before')} text={before} expected={expected} score={scoreBefore} />
				<Side name={t('comparisons.after')} text={after} expected={expected} score={scoreAfter} />
			</Box>
		</Box>
	);
}

function Side({ name, text, expected, score }: { name: string; text: string; expected: string | null; score: number | null }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	return (
		<Box sx={{ minWidth: 0 }}>
			<Box component="dt" sx={{ typography: 'caption', color: 'text.secondary', display: 'flex', justifyContent: 'space-between', gap: 1 }}>
				<span>{name}</span>
				{score !== null && <span>{t('comparisons.score', { score: format.percent(score) })}</span>}
			</Box>
			<Box component="dd" dir="auto" sx={{ m: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxHeight: 168, overflow: 'auto' }}>
				{text === '' ? (
					<Box component="span" sx={{ color: 'text.secondary' }}>
						{t('comparisons.nothing')}
					</Box>
				) : (
					<MarkedText text={text} expected={expected} />
				)}
			</Box>
		</Box>
	);
}

/** The comparisons of a run, asked for again as further ones are made. */
function useComparisons({ id, stage, outcome }: Run): { comparisons: RunComparison[] | null; error: unknown } {
	const [state, setState] = useState<{ comparisons: RunComparison[] | null; error: unknown }>({ comparisons: null, error: null });
	const made = outcome?.after?.examples ?? 0;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the stage and the count tell that there is more to be had.
	useEffect(() => {
		let isCurrent = true;
		client.finetune.runComparisons({ runId: id }).then(
			(comparisons) => isCurrent && setState({ comparisons, error: null }),
			(error: unknown) => isCurrent && setState({ comparisons: null, error }),
		);
		return () => {
			isCurrent = false;
		};
	}, [id, stage, made]);
	return state;
}
