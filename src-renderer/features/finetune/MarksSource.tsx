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

const ask = () => client.grading.list();

/** Chooses the classes of which the settled marks are learnt. */
export function MarksSource() {
	const { t } = useTranslation('finetune');
	const format = useFormat();
	const { value: assignments, error } = useAsked(ask);
	const chosen = useNewDataset((state) => state.assignmentIds);
	const marked = assignments?.filter(({ counts }) => counts.marked > 0);
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
			{marked !== undefined && marked.length > 0 && (
				<CheckedList
					label={t('datasets.source.classes')}
					items={marked.map(({ id, title, counts }) => ({ id, title, detail: t('datasets.source.marked', { marked: format.number(counts.marked) }) }))}
					checkedIds={chosen}
					onChange={(assignmentIds) => choose({ assignmentIds })}
				/>
			)}
		</>
	);
}
