import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Answer, Mark, Question } from '#contract/grading.ts';
import type { Criterion } from '#contract/rubric.ts';
import { useFormat } from '../../ui/format.ts';
import { useDeskPage } from './useDeskPage.ts';

/** The marks of two who marked independently of one another, side by side, with where they differ; nothing while a second one has not marked. */
export function MarkersCompared({ answer: { mark, secondMark }, question }: { answer: Answer; question: Question }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const [, setPage] = useDeskPage();
	if (secondMark === null) return null;
	const difference = mark && secondMark.points - mark.points;
	const levelName = ({ id, levels }: Criterion, of: Mark | null) => levels.find((level) => level.id === of?.levels[id])?.name ?? '–';
	const rows = question.rubric.map((criterion) => ({
		id: criterion.id,
		name: criterion.name,
		first: levelName(criterion, mark),
		second: levelName(criterion, secondMark),
	}));
	const points = (of: Mark | null) => (of === null ? '–' : format.number(of.points, 2));
	return (
		<Box component="section" aria-label={t('desk.second.compared')}>
			<Typography variant="h2" sx={{ mb: 0.5 }}>
				{t('desk.second.compared')}
			</Typography>
			<Box
				component="table"
				sx={{
					width: '100%',
					borderCollapse: 'collapse',
					'& th, & td': { textAlign: 'start', py: 0.25, pr: 1, verticalAlign: 'top', fontWeight: 400, overflowWrap: 'anywhere' },
				}}
			>
				<Box component="thead" sx={{ typography: 'caption', color: 'text.secondary' }}>
					<tr>
						<td />
						<th scope="col">{t('desk.second.first')}</th>
						<th scope="col">{t('desk.second.second')}</th>
					</tr>
				</Box>
				<tbody>
					{rows.map(({ id, name, first, second }) => (
						<Box component="tr" key={id} sx={{ color: first === second ? 'text.secondary' : 'text.primary' }}>
							<th scope="row">{name}</th>
							<td>{first}</td>
							<td>{second}</td>
						</Box>
					))}
					<Box component="tr" sx={{ fontVariantNumeric: 'tabular-nums' }}>
						<th scope="row">{t('mark.points')}</th>
						<td>{points(mark)}</td>
						<td>{points(secondMark)}</td>
					</Box>
				</tbody>
			</Box>
			{difference !== null && (
				<Typography variant="caption" sx={{ color: difference === 0 ? 'text.secondary' : 'warning.main' }}>
					{difference === 0 ? t('desk.second.same') : t('desk.second.differ', { points: format.number(Math.abs(difference), 2) })}
				</Typography>
			)}
			<Button size="small" color="inherit" onClick={() => setPage('agreement')} sx={{ display: 'block', ml: -1 }}>
				{t('markers.open')}
			</Button>
			{secondMark.feedback !== '' && (
				<Typography variant="caption" component="div" dir="auto" sx={{ color: 'text.secondary', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
					{secondMark.feedback}
				</Typography>
			)}
		</Box>
	);
}
