import ListSubheader from '@mui/material/ListSubheader';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Dataset } from '#contract/finetune.ts';
import { useFormat } from '../../ui/format.ts';

interface Props {
	datasets: readonly Dataset[];
	/** The id of a version. */
	value: string | null;
	/** The run whose dataset was to be taken and is deleted. */
	goneOf: string | null;
	onChange: (chosen: { versionId: string; datasetId: string }) => void;
}

/** Picks the version of a dataset that is learnt from. */
export function DatasetField({ datasets, value, goneOf, onChange }: Props) {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const all = datasets.flatMap((each) => each.versions.map((version) => ({ title: each.title, version })));
	const chosen = all.find(({ version }) => version.id === value);
	const facts = chosen?.version.form === 'cues' ? 'newRun.cuesFacts' : 'newRun.datasetFacts';
	const help = goneOf === null ? t('newRun.datasetHelp') : t('newRun.datasetGone', { title: goneOf });
	return (
		<TextField
			select
			fullWidth
			label={t('newRun.dataset')}
			value={chosen?.version.id ?? ''}
			onChange={(event) => {
				const version = all.find(({ version: { id } }) => id === event.target.value)?.version;
				if (version) onChange({ versionId: version.id, datasetId: version.datasetId });
			}}
			helperText={chosen ? t(facts, { count: chosen.version.exampleCount, date: format.date(chosen.version.createdAt) }) : help}
			slotProps={{ select: { renderValue: () => (chosen ? t('datasetVersion', { title: chosen.title, number: chosen.version.number }) : '') } }}
		>
			{datasets.flatMap((dataset) => [
				<ListSubheader key={dataset.id} sx={{ lineHeight: '32px' }} dir="auto">
					{dataset.title}
				</ListSubheader>,
				...dataset.versions.map((version) => (
					<MenuItem key={version.id} value={version.id} sx={{ gap: 1.5, justifyContent: 'space-between' }}>
						<span>{t('version', { number: version.number })}</span>
						<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
							{[t('newRun.examples', { count: version.exampleCount }), format.moment(version.createdAt)].join(' · ')}
						</Typography>
					</MenuItem>
				)),
			])}
		</TextField>
	);
}
