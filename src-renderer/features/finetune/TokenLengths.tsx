import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatasetVersion, TokenStatistics } from '#contract/finetune.ts';
import { useModels } from '../../rpc/live.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { LengthChart } from './LengthChart.tsx';
import { useTokenStatistics } from './useTokenStatistics.ts';

const none = '';

/** How long the examples are for a model that the reader chooses: in figures, and as a histogram. */
export function TokenLengths({ version }: { version: DatasetVersion }) {
	const { t } = useTranslation('finetune');
	const models = useModels().value?.filter(({ kind, fileState }) => kind === 'model' && fileState !== 'missing') ?? [];
	const [modelId, setModel] = useState(none);
	const versionId = version.id;
	const { statistics, fraction, error } = useTokenStatistics(versionId, modelId === none ? null : modelId);
	return (
		<Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', px: 3, py: 2, display: 'flex', flexDirection: 'column', gap: 2 }}>
			<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, pt: 1 }}>
				<Box sx={{ width: 320, flex: 'none', display: 'grid' }}>
					<SelectField
						label={t('datasets.lengths.model')}
						isDisabled={models.length === 0}
						value={modelId}
						options={modelId === none ? [none, ...models.map(({ id }) => id)] : models.map(({ id }) => id)}
						name={(id) => models.find((model) => model.id === id)?.name ?? t(models.length === 0 ? 'datasets.lengths.noModel' : 'datasets.lengths.choose')}
						onChange={setModel}
					/>
				</Box>
				<Typography variant="caption" sx={{ color: 'text.secondary' }}>
					{t('datasets.lengths.help')}
				</Typography>
			</Box>
			<Box sx={{ height: 4, my: -1 }}>
				{fraction !== null && (
					<LinearProgress aria-label={t('datasets.lengths.counting')} variant={fraction === 0 ? 'indeterminate' : 'determinate'} value={fraction * 100} />
				)}
			</Box>
			<ErrorNotice error={error} />
			{statistics && <Lengths statistics={statistics} />}
		</Box>
	);
}

function Lengths({ statistics }: { statistics: TokenStatistics }) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { examples, totalTokens, learntTokens, shortest, median, p95, longest } = statistics;
	const figures = { examples, totalTokens, learntTokens, shortest, median, p95, longest };
	return (
		<>
			<Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1 }}>
				{Object.entries(figures).map(([name, tokens]) => (
					<Box key={name}>
						<Typography component="dt" variant="caption" sx={{ color: 'text.secondary' }}>
							{t(`datasets.lengths.figures.${name}`)}
						</Typography>
						<Typography component="dd" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
							{format.number(tokens)}
						</Typography>
					</Box>
				))}
			</Box>
			<Paper variant="outlined" sx={{ p: 2 }}>
				<Typography variant="h2" sx={{ mb: 1 }}>
					{t('datasets.lengths.chart')}
				</Typography>
				<LengthChart title={t('datasets.lengths.chart')} histogram={statistics.histogram} />
			</Paper>
		</>
	);
}
