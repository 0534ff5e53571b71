import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { TableOrigin } from '#contract/answerMapping.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import type { IntakeFields } from './AnswerIntake.ts';
import { ReadingChoices } from './ReadingChoices.tsx';
import { SampleRows } from './SampleRows.tsx';
import { TableProblems } from './TableProblems.tsx';
import { TableSourceField } from './TableSourceField.tsx';

/** Tables that hold no answers, of which their own sentence tells what to take in their place. */
const marksAlone: readonly TableOrigin[] = ['canvasGradebook', 'moodleGrades'];

/** The class's answers: where the table comes from, how it is read, its first rows, and what is odd in it. */
export function TableImport({ intake }: { intake: IntakeFields }) {
	const { t } = useTranslation('grading');
	const preview = intake.use((state) => state.preview);
	const isFiles = intake.use(({ source }) => source !== null && 'files' in source);
	const error = intake.use((state) => state.error);
	return (
		<Box component="section" aria-label={t('table.label')} sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
			<TableSourceField intake={intake} />
			<ReadingProgress intake={intake} />
			<ErrorNotice error={error} />
			{preview && (
				<>
					{preview.origin !== null && <Typography sx={{ color: 'text.secondary' }}>{t(`table.origins.${preview.origin}`)}</Typography>}
					{!isFiles && <ReadingChoices intake={intake} preview={preview} />}
					{preview.mapping === null && !marksAlone.includes(preview.origin) && (
						<Typography sx={{ color: 'warning.main' }}>{t('table.chooseAnswer')}</Typography>
					)}
					{preview.classes.length > 1 && (
						<Typography>{t('table.classes', { classes: preview.classes.slice(0, 8).join(', '), count: preview.classes.length })}</Typography>
					)}
					<SampleRows intake={intake} preview={preview} />
					<TableProblems problems={preview.problems} isEmpty={preview.rowCount === 0} />
				</>
			)}
		</Box>
	);
}

/** How far the reading is; a table is read in one go, files one after another. */
function ReadingProgress({ intake }: { intake: IntakeFields }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const isReading = intake.use((state) => state.isReading);
	const progress = intake.use((state) => state.progress);
	if (!isReading || progress === null) return <Box sx={{ height: 4, my: -1 }}>{isReading && <LinearProgress aria-label={t('table.reading')} />}</Box>;
	return (
		<Box sx={{ my: -1 }}>
			<LinearProgress variant="determinate" value={(100 * progress.done) / progress.files} aria-label={t('table.reading')} />
			<Typography variant="caption" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>
				{t(`table.files.${progress.stage}`, { done: format.number(progress.done), files: format.number(progress.files) })}
			</Typography>
		</Box>
	);
}
