import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { AdditionPreview } from '#contract/addition.ts';
import { Figure } from '../../ui/Figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { type AdditionForm, costOfAddition } from './AdditionForm.ts';

/** What adding would do in numbers, and about what grading that costs: in view wherever the form is scrolled to, as it is what is decided on. */
export function AdditionFigures({ form, compared }: { form: AdditionForm; compared: AdditionPreview }) {
	const { t } = useTranslation('grading');
	const format = useFormat();
	const cost = form.use(costOfAddition);
	const { newStudents, knownStudents, filled, same, differ, filledMarked, leftOut } = compared;
	return (
		<Box component="section" aria-label={t('add.result')} sx={{ px: 3, pt: 1.5, borderTop: 1, borderColor: 'divider' }}>
			<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 1 }}>
				<Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1 }}>
					<Figure name={t('add.newStudents')} value={format.number(newStudents)} />
					<Figure name={t('add.filled')} value={format.number(filled)} />
					<Figure name={t('add.differ')} value={format.number(differ)} isWarning={differ > 0} />
					<Figure name={t('add.same')} value={format.number(same)} />
					{leftOut > 0 && <Figure name={t('add.leftOut')} value={format.number(leftOut)} isWarning />}
				</Box>
				<Typography role="status" sx={{ flex: '1 1 200px', color: 'text.secondary' }}>
					{newStudents + filled + differ === 0 ? t('add.nothing') : cost !== null && t('add.cost', { tokens: format.number(cost) })}
				</Typography>
			</Box>
			{knownStudents === 0 && newStudents > 0 && <Typography sx={{ mt: 1, color: 'warning.main' }}>{t('add.nobodyKnown')}</Typography>}
			{filledMarked > 0 && <Typography sx={{ mt: 1, color: 'warning.main' }}>{t('add.filledMarked', { answers: format.number(filledMarked) })}</Typography>}
		</Box>
	);
}
