import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { DatasetProblems } from './DatasetProblems.tsx';
import { ExampleView } from './ExampleView.tsx';
import { useNewDataset } from './newDatasetStore.ts';
import { ReadingFields } from './ReadingFields.tsx';

const mostShown = 5;

/** What was made of the source: how it was read, the first examples, and what was left out. */
export function ImportPreview() {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const preview = useNewDataset((state) => state.preview);
	const isReading = useNewDataset((state) => state.isReading);
	const error = useNewDataset((state) => state.error);
	return (
		<Box component="section" aria-label={t('datasets.preview.label')} sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<Box sx={{ height: 4, mb: -1 }}>{isReading && <LinearProgress aria-label={t('datasets.preview.reading')} />}</Box>
			<ErrorNotice error={error} />
			{preview === null && !isReading && error === null && <Typography sx={{ color: 'text.secondary' }}>{t('datasets.preview.nothing')}</Typography>}
			{preview && (
				<>
					<Box>
						<Typography variant="h2">{t('datasets.preview.count', { count: preview.exampleCount, number: format.number(preview.exampleCount) })}</Typography>
						<Typography variant="caption" sx={{ color: 'text.secondary' }}>
							{[
								t(`datasets.forms.${preview.form}`),
								t('datasets.preview.characters', { count: preview.characters, number: format.number(preview.characters) }),
								preview.duplicateCount > 0 &&
									t('datasets.preview.duplicates', { count: preview.duplicateCount, number: format.number(preview.duplicateCount) }),
								preview.refusedCount > 0 && t('datasets.preview.refused', { count: preview.refusedCount, number: format.number(preview.refusedCount) }),
							]
								.filter(Boolean)
								.join(' · ')}
						</Typography>
					</Box>
					<ReadingFields preview={preview} />
					{preview.columns !== null && preview.chosenColumns === null && (
						<Typography sx={{ color: 'warning.main' }}>{t('datasets.preview.chooseColumns')}</Typography>
					)}
					{preview.sample.length > 0 && (
						<Paper variant="outlined" sx={{ maxHeight: 420, overflow: 'auto' }}>
							{preview.sample.slice(0, mostShown).map(({ row, turns }) => (
								<ExampleView key={`${row} ${turns.length}`} label={t('datasets.row', { row: format.number(row) })} turns={turns} />
							))}
						</Paper>
					)}
					<DatasetProblems problems={preview.problems} total={preview.refusedCount + preview.duplicateCount} />
				</>
			)}
		</Box>
	);
}
