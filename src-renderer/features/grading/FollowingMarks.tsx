import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { QuestionMarks } from './useAssignmentDraft.ts';

/** Says how many of the teacher's marks become what where a question is worth something else, before it is saved. */
export function FollowingMarks({ following }: { following: readonly QuestionMarks[] }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	return (
		<>
			<Typography>{t('edit.marks.text')}</Typography>
			{following.map(({ name, marks }) => (
				<Box key={name} sx={{ mt: 1.5 }}>
					{following.length > 1 && <Typography sx={{ fontWeight: 600 }}>{name}</Typography>}
					<Box component="ul" sx={{ m: 0, pl: 3, maxHeight: 240, overflow: 'auto', fontVariantNumeric: 'tabular-nums' }}>
						{marks.map(({ points, becomes, marks: count }) => (
							<li key={`${points} ${becomes}`}>
								{t('edit.marks.row', {
									...{ count, marks: format.number(count), points: format.number(points, 2), becomes: format.number(becomes, 2) },
								})}
							</li>
						))}
					</Box>
				</Box>
			))}
		</>
	);
}
