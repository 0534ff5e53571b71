import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Term } from '../../ui/Term.tsx';
import { missingInRubric } from './missingInRubric.ts';
import type { QuestionDraft } from './questionDraft.ts';
import { sumOfBest } from './sumOfBest.ts';
import { useMissingWords } from './useMissingWords.ts';

/** The rubric's title, and what its best levels come to beside the question's points, which can follow them. */
export function RubricHead({ question, onPoints }: { question: QuestionDraft; onPoints: (points: number) => void }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const { rubric, points } = question;
	const wordsOf = useMissingWords();
	const missing = missingInRubric(rubric) === null ? null : wordsOf(question);
	const sum = sumOfBest(rubric);
	const isUnlike = !Number.isNaN(sum) && sum !== points;
	const shown = { sum: format.number(sum, 2), points: Number.isNaN(points) ? '?' : format.number(points, 2) };
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, rowGap: 0.5, minHeight: 30 }}>
			<Typography variant="h2">
				<Term name="rubric">{t('rubric.title')}</Term>
			</Typography>
			{rubric.length === 0 ? (
				<Typography sx={{ color: 'text.secondary' }}>{t('rubric.none')}</Typography>
			) : (
				<Typography
					role="status"
					sx={{ fontVariantNumeric: 'tabular-nums', color: isUnlike || missing !== null || Number.isNaN(sum) ? 'warning.main' : 'text.secondary' }}
				>
					{missing ?? (Number.isNaN(sum) ? t('rubric.sumUnknown') : t('rubric.sum', shown))}
				</Typography>
			)}
			{rubric.length > 0 && isUnlike && sum > 0 && (
				<Button size="small" variant="outlined" onClick={() => onPoints(sum)}>
					{t('rubric.follow', { sum: shown.sum })}
				</Button>
			)}
		</Box>
	);
}
