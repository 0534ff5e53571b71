import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useNewAssignment } from './newAssignmentStore.ts';
import { ReadingChoices } from './ReadingChoices.tsx';
import { SampleRows } from './SampleRows.tsx';
import { TableProblems } from './TableProblems.tsx';
import { TableSourceField } from './TableSourceField.tsx';

/** The class's answers: where the table comes from, how it is read, its first rows, and what is odd in it. */
export function TableImport() {
	const { t } = useTranslation('grading');
	const preview = useNewAssignment((state) => state.preview);
	const isReading = useNewAssignment((state) => state.isReading);
	const error = useNewAssignment((state) => state.error);
	return (
		<Box component="section" aria-label={t('table.label')} sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<TableSourceField />
			<Box sx={{ height: 4, my: -1 }}>{isReading && <LinearProgress aria-label={t('table.reading')} />}</Box>
			<ErrorNotice error={error} />
			{preview && (
				<>
					<ReadingChoices preview={preview} />
					{preview.mapping === null && <Typography sx={{ color: 'warning.main' }}>{t('table.chooseAnswer')}</Typography>}
					<SampleRows preview={preview} />
					<TableProblems problems={preview.problems} />
				</>
			)}
		</Box>
	);
}
