import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { CheckedList } from './CheckedList.tsx';
import { choose, useNewDataset } from './newDatasetStore.ts';
import { useAsked } from './useAsked.ts';

const ask = async () => {
	const [assignments, feedback] = await Promise.all([client.grading.list(), client.grading.countFeedback()]);
	const withFeedback = new Map(feedback.map((each) => [each.assignmentId, each.withFeedback]));
	return assignments.filter(({ counts }) => counts.marked > 0).map((each) => ({ ...each, withFeedback: withFeedback.get(each.id) ?? 0 }));
};

/** Chooses the classes of which the settled marks are learnt. */
export function MarksSource() {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { value: marked, error } = useAsked(ask);
	const chosen = useNewDataset((state) => state.assignmentIds);
	return (
		<>
			<ErrorNotice error={error} />
			{marked?.length === 0 && (
				<>
					<Typography>{t('datasets.source.noMarks')}</Typography>
					<Button variant="outlined" size="small" component={Link} to="/grading" sx={{ alignSelf: 'start' }}>
						{t('datasets.source.toGrading')}
					</Button>
				</>
			)}
			{marked?.some(({ counts, withFeedback }) => withFeedback < counts.marked) && (
				<Typography sx={{ color: 'text.secondary' }}>{t('datasets.source.feedbackAlone')}</Typography>
			)}
			{marked !== null && marked.length > 0 && (
				<CheckedList
					label={t('datasets.source.classes')}
					items={marked.map(({ id, title, counts, withFeedback }) => ({
						id,
						title,
						detail: t('datasets.source.marked', { marked: format.number(counts.marked), withFeedback: format.number(withFeedback) }),
					}))}
					checkedIds={chosen}
					onChange={(assignmentIds) => choose({ assignmentIds })}
				/>
			)}
		</>
	);
}
